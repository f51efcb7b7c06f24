package io.facedrop.bench.contender;

import java.util.List;

/** A row of the manifest. */
record Row(List<String> cells, String url) {}
