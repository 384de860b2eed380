# What MySQL's scripts share. Runs as the operating system's user that owns the server, who logs in by
# the server's own socket as the account of the same name (plugin auth_socket): no password is needed.

DATA=${V[data_directory]:-}
BIN=${V[bin_directory]:-}
SERVICE=${V[service]:-}
PORT=${V[port]:-3306}
SOCKET=${V[socket_directory]:+${V[socket_directory]}/mysqld.sock}

# Nothing of the user's own settings reaches the client.
unset ${!MYSQL@} ${!LIBMYSQL@}
export MYSQL_HISTFILE=/dev/null MYSQL_TEST_LOGIN_FILE=/dev/null
