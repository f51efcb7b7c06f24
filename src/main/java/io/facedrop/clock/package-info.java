/**
 * The time that everything is planned and aged by, {@link io.facedrop.clock.SteadyClock}, and when
 * the operator reads of a trouble, {@link io.facedrop.clock.Reminders}.
 */
package io.facedrop.clock;
