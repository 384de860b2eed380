/** The world as it is: the only place with sockets, processes, files and threads. */
package replctl.playbooks.real;
