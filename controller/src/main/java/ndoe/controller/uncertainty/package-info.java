/** What a prosumer may expect of the weather: samples and the distributions considered possible. */
package ndoe.controller.uncertainty;
