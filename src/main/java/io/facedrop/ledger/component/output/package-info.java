/** What is published and where it stands: retries, faults of outputs, the archive of manifests. */
package io.facedrop.ledger.component.output;
