package replctl.inventory.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostFormTest {
  private static final HostForm FORM = new HostForm();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "db1",
        "pg1.example.net",
        "PG1.Example.NET",
        "xn--bcher-kva.example",
        "db_1",
        "3com.example",
        "1a",
        "a.b3",
        "10.0.0.1",
        "192.168.255.254",
        "127.0.0.1",
        "localhost",
        "::1",
        "fe80::1%eth0",
        "fe80::1%2",
        "2001:db8::8:800:200c:417a",
        "2001:DB8:0:0:8:800:200C:417A",
        "::ffff:10.0.0.1",
        "1::",
        "1:2:3:4:5:6:7::"
      })
  void isAHost(String text) {
    assertThat(FORM.parse(text)).isEqualTo(Parsed.good(text));
  }

  @ParameterizedTest
  @CsvSource({"[::1],::1", "[fe80::1%eth0],fe80::1%eth0", "[2001:db8::1],2001:db8::1"})
  void bracketsAreStripped(String text, String host) {
    assertThat(FORM.parse(text)).isEqualTo(Parsed.good(host));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "-oProxyCommand=touch x|it would be read as an option",
        "a;reboot|\";\" can't stand in a host",
        "$(id)|\"$\" can't stand in a host",
        "`id`|\"`\" can't stand in a host",
        "a b|U+0020 can't stand in a host",
        "a/b|\"/\" can't stand in a host",
        "a@b|\"@\" can't stand in a host",
        "a\\b|\"\\\" can't stand in a host",
        "a'b|\"'\" can't stand in a host",
        "*|\"*\" can't stand in a host",
        "a%b|\"%\" can't stand in a host",
        "h?socketFactory=evil.Factory|\"?\" can't stand in a host",
        "h&allowLoadLocalInfile=true|\"&\" can't stand in a host",
        "h#x|\"#\" can't stand in a host",
        "x host=evil sslmode=disable|U+0020 can't stand in a host",
        "10.0.0.256|an IPv4 address is four numbers from 0 to 255, without leading zeros",
        "10.0.0.01|an IPv4 address is four numbers from 0 to 255, without leading zeros",
        "127.1|an IPv4 address is four numbers from 0 to 255, without leading zeros",
        "2130706433|an IPv4 address is four numbers from 0 to 255, without leading zeros",
        "0x7f.1|an IPv4 address is four numbers from 0 to 255, without leading zeros",
        "a.0x7f|an IPv4 address is four numbers from 0 to 255, without leading zeros",
        "0.0.0.0|no host has that address",
        "224.0.0.1|no host has that address",
        "255.255.255.255|no host has that address",
        "::|no host has that address",
        "ff02::1|no host has that address",
        "::ffff:0.0.0.0|no host has that address",
        "a..b|there is nothing before or after a dot",
        ".a|there is nothing before or after a dot",
        "a.|there is nothing before or after a dot",
        "a-.b|a part begins or ends with \"-\"",
        "a.-b|a part begins or ends with \"-\"",
        "pg1.example.net:5432|a port has a key of its own: database.port or ssh.port",
        "[::1]:22|brackets are for one IPv6 address; a port has a key of its own",
        "[a]|brackets are for one IPv6 address; a port has a key of its own",
        "[|brackets are for one IPv6 address; a port has a key of its own",
        "1:2:3|not an IPv6 address",
        ":::|not an IPv6 address",
        "1::2::3|not an IPv6 address",
        "1:2:3:4:5:6:7:8:9|not an IPv6 address",
        "12345::|not an IPv6 address",
        "::10.0.0.256|not an IPv6 address",
        "fe80::1%|a zone is the name or number of a network interface",
        "fe80::1%a%b|a zone is the name or number of a network interface",
        "fe80::1%-x|a zone is the name or number of a network interface"
      })
  void isNoHost(String text, String why) {
    assertThat(FORM.parse(text)).isEqualTo(Parsed.bad(why));
  }

  /** Cyrillic a; RTL override; zero width space; full-width dot; NUL; line breaks; ESC. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "p\u0430ypal.example",
        "a\u202eb",
        "a\u200bb",
        "a\uff0eb",
        "a\0b",
        "a\nb",
        "a\rb",
        "a\tb",
        "a\u001b[2Jb",
        "\ud83d\ude00"
      })
  void strangersAreNamedByNumber(String text) {
    assertThat(FORM.parse(text))
        .isInstanceOfSatisfying(
            Parsed.Bad.class,
            bad -> assertThat(bad.why()).matches("U\\+[0-9A-F]{4,5} can't stand in a host.*"));
  }

  @ParameterizedTest
  @CsvSource({
    "localhost,127.0.0.1",
    "LOCALHOST,::1",
    "localhost,::ffff:127.0.0.1",
    "localhost,0:0:0:0:0:0:0:1",
    "PG1.example.net,pg1.EXAMPLE.net",
    "10.0.0.1,::ffff:10.0.0.1",
    "10.0.0.1,::ffff:a00:1",
    "2001:db8::1,2001:DB8:0::0001",
    "fe80::1%eth0,FE80:0::1%eth0"
  })
  void oneHostIsOneHoweverWritten(String one, String other) {
    assertThat(HostForm.identity(one)).isEqualTo(HostForm.identity(other));
  }

  @ParameterizedTest
  @CsvSource({"fe80::1%eth0,fe80::1%eth1", "127.0.0.1,127.0.0.2", "a,b", "::1,::2"})
  void twoHostsAreTwo(String one, String other) {
    assertThat(HostForm.identity(one)).isNotEqualTo(HostForm.identity(other));
  }
}
