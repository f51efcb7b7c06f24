/** The time that everything is planned and aged by: {@link io.facedrop.clock.SteadyClock}. */
package io.facedrop.clock;
