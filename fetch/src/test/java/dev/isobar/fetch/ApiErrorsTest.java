package dev.isobar.fetch;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isobar.testing.Reply;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is told of the errors of APIs, by the shape in which each family answers.
class ApiErrorsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        // Linode
        "{'errors':[{'field':'label','reason':'too long'}]} | label: too long",
        // Google
        "{'error':{'code':400,'message':'Bad zone','errors':[{'message':'Bad zone','reason':'invalid'}]}} | Bad zone",
        "{'error':{'code':403,'message':'No access','errors':[{'reason':'forbidden'}]}} | No access: forbidden",
        // GitHub
        "{'message':'Validation Failed','errors':[{'resource':'Issue','field':'title','code':'missing'}]} | Validation Failed: title: missing",
        // Okta
        "{'errorCode':'E1','errorSummary':'Api validation failed','errorCauses':[{'errorSummary':'login: taken'}]} | Api validation failed: login: taken",
        "{'errorCode':'E1','errorSummary':'Not found','errorCauses':[]} | Not found",
        // Azure
        "{'error':{'code':'NotFound','message':'The vault is gone'}} | The vault is gone",
        // Cloudflare
        "{'success':false,'errors':[{'code':7003,'message':'No route'}],'messages':[],'result':null} | No route",
        // Kubernetes
        "{'kind':'Status','status':'Failure','message':'pods not found','reason':'NotFound'} | pods not found",
        // DigitalOcean
        "{'id':'not_found','message':'No droplet'} | No droplet",
        // AWS
        "{'__type':'com.x#Denied','Message':'Not yours'} | Not yours",
        // OAuth 2
        "{'error':'invalid_scope','error_description':'No such scope'} | invalid_scope: No such scope",
        "{'errors':[]} | {\"errors\":[]}",
        "{'errors':[{}],'message':'Half'} | Half"
      })
  void tellsTheWordsOfTheApi(String json, String words) throws Exception {
    try (var fixture = new Fixture(_ -> Reply.json(400, json.replace('\'', '"')))) {
      assertThatThrownBy(() -> fixture.read(fixture.ids(Fixture.numbered().build())))
          .hasMessageEndingWith("`" + words + "`.");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // AWS query and rest-xml
        "<ErrorResponse xmlns=\"http://acme\"><Error><Type>Sender</Type><Code>NotFound</Code>"
            + "<Message>No such topic</Message></Error><RequestId>1</RequestId></ErrorResponse>"
            + " | No such topic",
        // EC2
        "<?xml version=\"1.0\"?> <Response><Errors><Error><Code>A</Code><Message>Bad size</Message>"
            + "</Error><Error><Code>B</Code><Message>Bad zone</Message></Error></Errors></Response>"
            + " | Bad size; Bad zone",
        // S3
        "<Error><Code>NoSuchBucket</Code><Message>It does not exist</Message></Error>"
            + " | It does not exist",
        "<Error><Code>AccessDenied</Code></Error> | AccessDenied",
        "<Error><Code>Cut | <Error><Code>Cut",
        "<Fault>odd</Fault> | <Fault>odd</Fault>"
      })
  void tellsTheWordsOfXml(String xml, String words) throws Exception {
    Reply reply =
        Reply.status(400)
            .header("Content-Type", "text/xml")
            .body(xml.getBytes(StandardCharsets.UTF_8));
    try (var fixture = new Fixture(_ -> reply)) {
      assertThatThrownBy(() -> fixture.read(fixture.ids(Fixture.numbered().build())))
          .hasMessageEndingWith("`" + words + "`.");
    }
  }
}
