/** How the native libraries this build carries reach the process. */
package ndoe.cosim.binding;
