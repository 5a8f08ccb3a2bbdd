/** A small day to start from, kept in the program itself. */
package ndoe.controller.example;
