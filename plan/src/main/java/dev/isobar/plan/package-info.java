/// Step 3: methods chosen, parameters bound, scans ordered, requests known. Nothing that decides
/// what to call comes after this step; EXPLAIN prints what it gives.
@NullMarked
package dev.isobar.plan;

import org.jspecify.annotations.NullMarked;
