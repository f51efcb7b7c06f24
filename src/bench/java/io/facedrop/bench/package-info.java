/**
 * What facedrop reaches beside what people would use instead; {@link io.facedrop.bench.Benchmark}
 * runs it. Endpoint and contenders are processes of their own.
 */
package io.facedrop.bench;
