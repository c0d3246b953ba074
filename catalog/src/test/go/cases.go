// Makes templates and values at random, evaluates them with Go's own text/template, and prints one
// JSON object a line: {"template", "value", "output"} or {"template", "value", "error"}.
//
//	go run catalog/src/test/go/cases.go 1 100000 > /tmp/cases.jsonl
//	mvn test -pl catalog -am -Dtest=GoCasesTest -Dsurefire.failIfNoSpecifiedTests=false -Dtemplate.cases=/tmp/cases.jsonl
//
// The arguments are the seed and how many.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math/rand"
	"os"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"text/template"
)

// Whether the address of a function was printed: we say that it cannot be.
var address bool

func shows(values []any) {
	for _, v := range values {
		if v != nil && reflect.TypeOf(v).Kind() == reflect.Func {
			address = true
		}
	}
}

var functions = template.FuncMap{
	"toJson": func(v any) (string, error) { b, err := json.Marshal(v); return string(b), err },
	"print":   func(a ...any) string { shows(a); return fmt.Sprint(a...) },
	"println": func(a ...any) string { shows(a); return fmt.Sprintln(a...) },
	"printf":  func(f string, a ...any) string { shows(a); return fmt.Sprintf(f, a...) },
	"html":    func(a ...any) string { shows(a); return template.HTMLEscaper(a...) },
	"kindOf": func(v any) string {
		if v == nil {
			return "invalid"
		}
		return reflect.TypeOf(v).Kind().String()
	},
	"jsonMapFromString": func(s string) (map[string]any, error) {
		var v map[string]any
		err := json.Unmarshal([]byte(s), &v)
		return v, err
	},
	"separator": func(s string) func() string {
		called := false
		return func() string {
			if called {
				return s
			}
			called = true
			return ""
		}
	},
}

var wide = regexp.MustCompile(`[^\x00-\x7f]`)

var odd = regexp.MustCompile(`\\x[01][0-9a-f]|\\a`)

var r *rand.Rand

func pick(options ...string) string { return options[r.Intn(len(options))] }

// Integers of a million and more are left out: we print their digits, and Go does not.
var numbers = []any{0.0, 1.0, 2.0, -3.0, 7.0, 99.0, 1.5, 0.25, 1e-7, 123456.0, 999999.0, 1234567.5, -0.001, 1e-5}
var texts = []string{"", "a", "b", "hello", "x y", "é", "日本", "\U0001F600", "<a&b>", "q\"uote", "back\\slash", "line\nbreak", "\t", "\u00a0", "\u200b", "\u2028", "{\"a\":1}", "{\"k\":[1,\"z\"]}", "[1]", "%d", "\ufffd"}
var keys = []string{"a", "b", "c", "k", "list", "Z", "é", "\U0001F600", "\uffee"}

func value(depth int) any {
	switch n := r.Intn(10); {
	case n < 2:
		return numbers[r.Intn(len(numbers))]
	case n < 4:
		return texts[r.Intn(len(texts))]
	case n == 4:
		return r.Intn(2) == 0
	case n == 5:
		return nil
	case depth == 0:
		return texts[r.Intn(len(texts))]
	case n < 8:
		list := []any{}
		for i := r.Intn(4); i > 0; i-- {
			list = append(list, value(depth-1))
		}
		return list
	default:
		return object(depth)
	}
}

func object(depth int) map[string]any {
	m := map[string]any{}
	for i := r.Intn(5); i > 0; i-- {
		m[keys[r.Intn(len(keys))]] = value(depth - 1)
	}
	return m
}

var variables []string

func variable() string {
	if len(variables) == 0 {
		return "$"
	}
	return variables[r.Intn(len(variables))]
}

func operand(depth int) string {
	switch r.Intn(14) {
	case 0, 1:
		return "."
	case 2, 3, 4:
		return "." + pick("a", "b", "c", "k", "list", "missing", "a.b", "list.k")
	case 5, 6:
		return variable()
	case 7:
		return variable() + "." + pick("a", "b", "k")
	case 8:
		return pick("0", "1", "2", "-1", "1.5", "0x1F", "'a'", "1e2", "007")
	case 9:
		return pick(`"a"`, `"list"`, `""`, `"q\"\\\n\u00e9\x41"`, "`raw`", `"string"`, `"map"`, `"slice"`)
	case 10:
		return pick("true", "false", "nil")
	default:
		if depth == 0 {
			return "."
		}
		return "(" + pipeline(depth-1) + ")" + pick("", "", "", ".a")
	}
}

func command(depth int) string {
	o := func() string { return operand(depth) }
	switch r.Intn(26) {
	case 0, 1, 2, 3, 4:
		return o()
	case 5, 6:
		return "toJson " + o()
	case 7, 8:
		return "index " + o() + " " + pick(`"a"`, `"b"`, `"list"`, "0", "1", o(), `"k" "a"`)
	case 9, 10:
		return "kindOf " + o()
	case 11:
		return "eq " + o() + " " + o()
	case 12:
		return "eq (kindOf " + o() + ") " + pick(`"map"`, `"slice"`, `"string"`)
	case 13:
		return pick("ne", "lt", "le", "gt", "ge") + " " + o() + " " + o()
	case 14:
		return pick("and", "or") + " " + o() + " " + o() + pick("", " "+o())
	case 15:
		return "not " + o()
	case 16:
		return "len " + o()
	case 17:
		return "printf " + strconv.Quote(pick("%q", "%s", "%v", "%d", "%t", "%5d|", "%-6s|", "%05d", "a%%b%v", "%.2f", "%e", "%+d", "%T", "%g", "%6.2f", "%.1s", "%q %v", "[%s]", "{\"x\":%s}")) + " " + o() + pick("", "", " "+o())
	case 18:
		return pick("print", "println") + " " + o() + " " + o()
	case 19:
		return "jsonMapFromString " + o()
	case 20:
		return "slice " + o() + pick("", " 0", " 1", " 0 1", " 1 2")
	case 21:
		return "html " + o()
	case 22:
		return "eq " + o() + " " + o() + " " + o()
	case 23:
		return "call " + variable()
	case 24:
		return "separator " + pick(`","`, o())
	default:
		return "toJson (index " + o() + " " + pick(`"a"`, "0") + ")"
	}
}

func pipeline(depth int) string {
	p := command(depth)
	for r.Intn(6) == 0 {
		p += pick(" | ", "|") + pick("toJson", "kindOf", "len", "not", `printf "%v"`, `index .`, `eq "a"`, "print 1", "toJson | len")
	}
	return p
}

func action(s string) string {
	return pick("{{", "{{", "{{- ") + s + pick("}}", "}}", " -}}")
}

func body(depth int) string {
	var b strings.Builder
	mark := len(variables)
	for i := 1 + r.Intn(4); i > 0; i-- {
		switch n := r.Intn(16); {
		case n < 3:
			b.WriteString(pick("text", " , ", "\n  ", " [", "] ", "é\n", "\t x \t", "\" : "))
		case n < 8 || depth == 0:
			b.WriteString(action(pipeline(1)))
		case n == 8:
			v := pick("$x", "$y", "$z")
			s := action(v + pick(" := ", ":=") + pipeline(1))
			variables = append(variables, v)
			b.WriteString(s)
		case n == 9 && len(variables) > 0:
			b.WriteString(action(variable() + " = " + pipeline(1)))
		case n == 10:
			b.WriteString(pick("{{/* comment */}}", "{{- /* comment\n */ -}}"))
		case n < 13:
			in := len(variables)
			keyword := pick("if", "if", "with")
			declared := ""
			if r.Intn(5) == 0 {
				declared = "$w := "
			}
			b.WriteString(action(keyword + " " + declared + pipeline(1)))
			if declared != "" {
				variables = append(variables, "$w")
			}
			b.WriteString(body(depth - 1))
			if r.Intn(3) == 0 {
				b.WriteString(action("else " + keyword + " " + pipeline(1)))
				b.WriteString(body(depth - 1))
			}
			if r.Intn(2) == 0 {
				b.WriteString(action("else"))
				b.WriteString(body(depth - 1))
			}
			b.WriteString(action("end"))
			variables = variables[:in]
		default:
			in := len(variables)
			head := pick("", "$v := ", "$i, $v := ", "$i, $v := ")
			b.WriteString(action("range " + head + pick(".", ".a", ".list", variable(), pipeline(1), "3")))
			if strings.Contains(head, "$i") {
				variables = append(variables, "$i")
			}
			if strings.Contains(head, "$v") {
				variables = append(variables, "$v")
			}
			b.WriteString(body(depth - 1))
			if strings.Contains(head, "$") && r.Intn(6) == 0 {
				b.WriteString(action("if " + pipeline(1)))
				b.WriteString(action(pick("break", "continue")))
				b.WriteString(action("end"))
			}
			if r.Intn(4) == 0 {
				b.WriteString(action("else"))
				variables = variables[:in]
				b.WriteString(body(depth - 1))
			}
			b.WriteString(action("end"))
			variables = variables[:in]
		}
	}
	variables = variables[:mark]
	return b.String()
}

func main() {
	seed, _ := strconv.ParseInt(os.Args[1], 10, 64)
	count, _ := strconv.Atoi(os.Args[2])
	r = rand.New(rand.NewSource(seed))
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	for i := 0; i < count; i++ {
		variables = nil
		address = false
		text := body(2)
		var v any = object(3)
		if r.Intn(8) == 0 {
			v = value(3)
		}
		line := map[string]any{"template": text, "value": v}
		t, err := template.New("t").Funcs(functions).Parse(text)
		var b strings.Builder
		if err == nil {
			err = t.Execute(&b, v)
		}
		if err != nil {
			line["error"] = err.Error()
		} else {
			line["output"] = b.String()
		}
		// A control character in %q gets Go's escape there and JSON's here.
		// A text that is cut inside of a character is bytes to Go.
		encoded, _ := json.Marshal(v)
		cuts := strings.Contains(text, "slice ") && wide.Match(encoded)
		if cuts || address || odd.MatchString(b.String()) {
			continue
		}
		if err := encoder.Encode(line); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
	}
}
