/** What a certificate file says, and whether it still holds. */
package ndoe.controller.certificate;
