package io.facedrop.bench;

import java.nio.file.Path;

/**
 * What one process is to do.
 *
 * @param folder its working directory, new and its own
 * @param warmUp a manifest to get warm with; null for none
 */
record Assignment(Scenario scenario, Path folder, Path manifest, Path warmUp, String baseUrl) {}
