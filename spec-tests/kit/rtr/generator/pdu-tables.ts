/** PDUs one by one, a line each; columns are told apart by bars, SKI stands for 20 octets, KEY for the 91 of a key, apostrophes for quotes. */

/** name | section | requirement in version 2 | versions | type, session ID or flags, body | what it says. The length is filled in. */
export const GOOD = `
  serial-notify | 5.2 | 8210bis-26:4:poll-serial | 0-2 | 00 b2d8 00000007 | {'type':'serial-notify','sessionId':45784,'serial':7}
  serial-query | 5.3 | 8210bis-26:4:poll-serial | 0-2 | 01 b2d8 ffffffff | {'type':'serial-query','sessionId':45784,'serial':4294967295}
  reset-query | 5.4 | 8210bis-26:8.1:query-first | 0-2 | 02 0000 | {'type':'reset-query'}
  cache-response | 5.5 | 8210bis-26:5.5:session-confirmed | 0-2 | 03 0000 | {'type':'cache-response','sessionId':0}
  ipv4-prefix-announced | 5.6 | 8210bis-26:5.6:layout | 0-2 | 04 0000 01181a00c00002000000fbf0 | {'type':'ipv4-prefix','announce':true,'prefix':'192.0.2.0/24','maxLength':26,'asn':64496}
  ipv4-prefix-withdrawn | 5.6 | 8210bis-26:5.6:layout | 0-2 | 04 0000 00181800c0000200ffffffff | {'type':'ipv4-prefix','announce':false,'prefix':'192.0.2.0/24','maxLength':24,'asn':4294967295}
  ipv4-prefix-0-to-32 | 5.6 | 8210bis-26:5.6:layout | 0-2 | 04 0000 010020000000000000000000 | {'type':'ipv4-prefix','announce':true,'prefix':'0.0.0.0/0','maxLength':32,'asn':0}
  ipv6-prefix-withdrawn | 5.7 | 8210bis-26:5.7:layout | 0-2 | 06 0000 0020300020010db8000000000000000000000000fa56ea00 | {'type':'ipv6-prefix','announce':false,'prefix':'2001:db8::/32','maxLength':48,'asn':4200000000}
  ipv6-prefix-128 | 5.7 | 8210bis-26:5.7:layout | 0-2 | 06 0000 0180800020010db80000000000000000000000010000fbf0 | {'type':'ipv6-prefix','announce':true,'prefix':'2001:db8::1/128','maxLength':128,'asn':64496}
  end-of-data-without-intervals | 5.8 | 8210bis-26:7:lowered-features | 0-0 | 07 b2d8 00000000 | {'type':'end-of-data','sessionId':45784,'serial':0}
  end-of-data | 5.8 | 8210bis-26:5.8:layout | 1-2 | 07 b2d8 0000000000000e100000025800001c20 | {'type':'end-of-data','sessionId':45784,'serial':0,'refresh':3600,'retry':600,'expire':7200}
  cache-reset | 5.9 | 8210bis-26:5.9:cache-reset | 0-2 | 08 0000 | {'type':'cache-reset'}
  router-key-announced | 5.10 | 8210bis-26:5.10:layout | 1-2 | 09 0100 SKI0000fbf0KEY | {'type':'router-key','announce':true,'asn':64496,'ski':'SKI','spki':'KEY'}
  router-key-withdrawn | 5.10 | 8210bis-26:5.10:layout | 1-2 | 09 0000 SKIfa56ea00KEY | {'type':'router-key','announce':false,'asn':4200000000,'ski':'SKI','spki':'KEY'}
  error-report-with-pdu-and-text | 5.11 | 8210bis-26:5.11:enclosed | 0-2 | 0a 0003 000000080208000000000008000000036e6f21 | {'type':'error-report','errorCode':3,'erroneousPdu':'0208000000000008','text':'no!'}
  error-report-with-neither | 5.11 | 8210bis-26:5.11:no-text | 0-2 | 0a 0002 0000000000000000 | {'type':'error-report','errorCode':2,'erroneousPdu':'','text':''}
  error-report-in-utf-8 | 5.11 | 8210bis-26:5.11:utf8 | 0-2 | 0a 0001 0000000000000003e282ac | {'type':'error-report','errorCode':1,'erroneousPdu':'','text':'€'}
  aspa-announced | 5.12 | 8210bis-26:5.12:ascending | 2-2 | 0b 0100 0000fbf00000fbf20000fbf3 | {'type':'aspa','announce':true,'customer':64496,'providers':[64498,64499]}
  aspa-one-provider | 5.12 | 8210bis-26:5.12:not-empty-router | 2-2 | 0b 0100 fa56ea0000000001 | {'type':'aspa','announce':true,'customer':4200000000,'providers':[1]}
  aspa-providers-beyond-31-bits | 5.12 | 8210bis-26:5.12:ascending | 2-2 | 0b 0100 0000fbf000000001800000008000000affffffff | {'type':'aspa','announce':true,'customer':64496,'providers':[1,2147483648,2147483658,4294967295]}
  aspa-as0-alone | 5.12 | 8210bis-26:5.12:zero-router | 2-2 | 0b 0100 0000fbf000000000 | {'type':'aspa','announce':true,'customer':64496,'providers':[0]}
  aspa-withdrawn | 5.12 | 8210bis-26:5.12:withdrawal-length | 2-2 | 0b 0000 0000fbf0 | {'type':'aspa','announce':false,'customer':64496,'providers':[]}
`;

/** name | section of 8210bis-26 | requirement | octets | what it says | title. What has no meaning is passed over. */
export const TOLERATED = `
  reserved-x | 5 | 8210bis-26:5:zero-ignored | 02 02 1234 00000008 | {'type':'reset-query'} | A nonzero field called zero of a Reset Query is ignored
  reserved-x-cache-reset | 5 | 8210bis-26:5:zero-ignored | 02 08 ffff 00000008 | {'type':'cache-reset'} | A nonzero field called zero of a Cache Reset is ignored
  reserved-octet | 5 | 8210bis-26:5:zero-ignored | 02 04 0000 00000014 011818ffc00002000000fbf0 | {'type':'ipv4-prefix','announce':true,'prefix':'192.0.2.0/24','maxLength':24,'asn':64496} | The nonzero reserved octet of an IPv4 Prefix is ignored
  reserved-flags | 5.1 | 8210bis-26:5:zero-ignored | 02 04 0000 00000014 ff181800c00002000000fbf0 | {'type':'ipv4-prefix','announce':true,'prefix':'192.0.2.0/24','maxLength':24,'asn':64496} | Reserved bits of the flags do not hide an announcement
  reserved-flags-withdrawal | 5.1 | 8210bis-26:5:zero-ignored | 02 04 0000 00000014 fe181800c00002000000fbf0 | {'type':'ipv4-prefix','announce':false,'prefix':'192.0.2.0/24','maxLength':24,'asn':64496} | Reserved bits of the flags do not make an announcement
  reserved-flags-aspa | 5.1 | 8210bis-26:5:zero-ignored | 02 0b 0380 00000010 0000fbf00000fbf2 | {'type':'aspa','announce':true,'customer':64496,'providers':[64498]} | Reserved bits of the flags of an ASPA
  reserved-octet-router-key | 5 | 8210bis-26:5:zero-ignored | 02 09 0001 0000007b SKI0000fbf0KEY | {'type':'router-key','announce':false,'asn':64496,'ski':'SKI','spki':'KEY'} | A nonzero reserved octet behind the flags of a Router Key
  host-bits | 5.6 | 8210bis-26:5.6:host-bits-router | 02 04 0000 00000014 01181800c00002630000fbf0 | {'type':'ipv4-prefix','announce':true,'prefix':'192.0.2.0/24','maxLength':24,'asn':64496} | Only the bits within the prefix length count
  host-bits-ipv6 | 5.7 | 8210bis-26:5.6:host-bits-router | 02 06 0000 00000020 0121300020010db8ffff000000000000000000010000fbf0 | {'type':'ipv6-prefix','announce':true,'prefix':'2001:db8:8000::/33','maxLength':48,'asn':64496} | Only the bits within the prefix length count, in the middle of an octet
`;

/** name | section | requirement | version | error code, - for none | octets | title | alternatives. */
export const BAD = `
  empty | 5.1 | 8210bis-26:12:error-0-corrupt-data | 2 | 0 | | no octets
  short-header | 5.1 | 8210bis-26:12:error-0-corrupt-data | 2 | 0 | 02 02 0000 0000 | fewer octets than a header
  version-3 | 7 | !8210bis-26:7:unknown-version-router | 2 | 8 | 03 02 0000 00000008 | version 3 in a session of version 2 | code 4
  version-1-in-2 | 7 | !8210bis-26:7:other-version-router | 2 | 8 | 01 08 0000 00000008 | version 1 in a session of version 2
  version-2-in-1 | 7 | !8210bis-26:7:other-version-router | 1 | 8 | 02 08 0000 00000008 | version 2 in a session of version 1
  type-5 | 12 | 8210bis-26:12:error-5-type | 2 | 5 | 02 05 0000 00000008 | PDU type 5, which is not assigned
  type-12 | 12 | 8210bis-26:12:error-5-type | 2 | 5 | 02 0c 0000 00000008 | PDU type 12, which is not assigned
  type-30 | 12 | 8210bis-26:12:error-5-type | 2 | 5 | 02 1e 0000 00000008 | PDU type 30, which is not assigned
  type-255 | 12 | 8210bis-26:12:error-5-type | 2 | 5 | 02 ff 0000 00000008 | PDU type 255, which is not assigned
  router-key-in-v0 | 10 | !8210bis-26:7:lowered-features | 0 | 5 | 00 09 0100 0000007b SKI0000fbf0KEY | a Router Key in version 0
  aspa-in-v0 | 10 | !8210bis-26:7:lowered-features | 0 | 5 | 00 0b 0100 00000010 0000fbf00000fbf2 | an ASPA in version 0
  aspa-in-v1 | 12 | !8210bis-26:7:lowered-features | 1 | 5 | 01 0b 0100 00000010 0000fbf00000fbf2 | an ASPA in version 1
  serial-notify-8 | 5.2 | 8210bis-26:12:error-0-corrupt-data | 2 | 0 | 02 00 0007 00000008 | a Serial Notify of 8 octets
  serial-notify-length-0 | 5.1 | 8210bis-26:12:error-0-corrupt-data | 2 | 0 | 02 00 0007 00000000 00000007 | a Serial Notify whose length field is 0
  serial-query-13 | 5.3 | 8210bis-26:12:error-0-corrupt-data | 2 | 0 | 02 01 0007 0000000d 0000000700 | a Serial Query of 13 octets
  reset-query-12 | 5.4 | 8210bis-26:12:error-0-corrupt-data | 2 | 0 | 02 02 0000 0000000c 00000000 | a Reset Query of 12 octets
  cache-response-12 | 5.5 | 8210bis-26:12:error-0-corrupt-data | 2 | 0 | 02 03 0007 0000000c 00000000 | a Cache Response of 12 octets
  cache-reset-9 | 5.9 | 8210bis-26:12:error-0-corrupt-data | 2 | 0 | 02 08 0000 00000009 00 | a Cache Reset of 9 octets
  ipv4-prefix-32 | 5.6 | !8210bis-26:5.6:layout | 2 | 0 | 02 04 0000 00000020 011818000000000000000000000000000000000000000000 | an IPv4 Prefix with the length of an IPv6 Prefix
  ipv6-prefix-20 | 5.7 | !8210bis-26:5.7:layout | 2 | 0 | 02 06 0000 00000014 01181800c00002000000fbf0 | an IPv6 Prefix with the length of an IPv4 Prefix
  cut | 5.1 | 8210bis-26:12:error-0-corrupt-data | 2 | 0 | 02 04 0000 00000014 01181800c0000200 | a length field beyond the octets
  trailing | 5.1 | 8210bis-26:12:error-0-corrupt-data | 2 | 0 | 02 08 0000 00000008 00 | octets beyond the length field
  end-of-data-12-in-v2 | 5.8 | !8210bis-26:5.8:layout | 2 | 0 | 02 07 0007 0000000c 00000000 | an End of Data of version 2 without intervals
  end-of-data-12-in-v1 | 5.8 | !8210bis-26:5.8:layout | 1 | 0 | 01 07 0007 0000000c 00000000 | an End of Data of version 1 without intervals
  end-of-data-24-in-v0 | 5.8 | !8210bis-26:5.8:layout | 0 | 0 | 00 07 0007 00000018 0000000000000e100000025800001c20 | an End of Data of version 0 with intervals
  ipv4-length-33 | 5.6 | !8210bis-26:5.6:layout | 2 | 0 | 02 04 0000 00000014 01212100c00002000000fbf0 | an IPv4 prefix length of 33
  ipv4-max-length-33 | 5.6 | !8210bis-26:5.6:layout | 2 | 0 | 02 04 0000 00000014 01182100c00002000000fbf0 | an IPv4 max length of 33
  ipv4-max-length-below | 5.1 | !8210bis-26:5.1:max-length-router | 2 | 0 | 02 04 0000 00000014 01181700c00002000000fbf0 | a max length below the prefix length
  ipv4-max-length-0 | 5.1 | !8210bis-26:5.1:max-length-router | 2 | 0 | 02 04 0000 00000014 01180000c00002000000fbf0 | a max length of 0 with a prefix length of 24
  ipv6-length-129 | 5.7 | !8210bis-26:5.7:layout | 2 | 0 | 02 06 0000 00000020 01818100202020202020202020202020202020200000fbf0 | an IPv6 prefix length of 129
  ipv6-max-length-129 | 5.7 | !8210bis-26:5.7:layout | 2 | 0 | 02 06 0000 00000020 01308100202020202020202020202020202020200000fbf0 | an IPv6 max length of 129
  router-key-without-key | 5.10 | !8210bis-26:5.10:layout | 2 | 0 | 02 09 0100 00000020 SKI0000fbf0 | a Router Key without a key
  router-key-as0 | 5.10 | !8210bis-26:5.10:layout | 2 | 0 | 02 09 0100 0000007b SKI00000000KEY | a Router Key of AS 0 | read
  router-key-huge | 5.1 | !8210bis-26:5.1:length | 2 | 0 | 02 09 0100 00010000 SKI0000fbf0KEY | a Router Key with length 65536
  aspa-odd-length | 5.12 | !8210bis-26:5.12:withdrawal-length | 2 | 0 | 02 0b 0100 00000012 0000fbf00000fbf20000 | an ASPA of 18 octets | code 9
  aspa-without-customer | 5.12 | !8210bis-26:5.12:withdrawal-customer | 2 | 0 | 02 0b 0100 00000008 | an ASPA of 8 octets | code 9
  aspa-empty | 5.12 | !8210bis-26:5.12:not-empty-router | 2 | 9 | 02 0b 0100 0000000c 0000fbf0 | an ASPA announcement without providers
  aspa-as0-first | 5.12 | !8210bis-26:5.12:zero-router | 2 | 9 | 02 0b 0100 00000014 0000fbf0000000000000fbf2 | AS 0 before another provider
  aspa-as0-last | 5.12 | !8210bis-26:5.12:zero-router | 2 | 9 | 02 0b 0100 00000018 0000fbf00000fbf20000fbf300000000 | AS 0 behind other providers
  aspa-descending | 5.12 | !8210bis-26:5.12:ascending | 2 | 9 | 02 0b 0100 00000014 0000fbf00000fbf30000fbf2 | providers in descending order | providers 64499,64498 or 64498,64499
  aspa-provider-twice | 5.12 | !8210bis-26:5.12:unique | 2 | 9 | 02 0b 0100 00000014 0000fbf00000fbf20000fbf2 | a provider twice | providers 64498,64498 or 64498
  aspa-withdrawal-with-provider | 5.12 | !8210bis-26:5.12:withdrawal-providers | 2 | 9 | 02 0b 0000 00000010 0000fbf00000fbf2 | an ASPA withdrawal that lists a provider | code 0
  aspa-withdrawal-with-as0 | 5.12 | !8210bis-26:5.12:withdrawal-providers | 2 | 9 | 02 0b 0000 00000010 0000fbf000000000 | an ASPA withdrawal that lists AS 0 | code 0
  aspa-old-layout | 5.12 | !8210bis-26:5.12:old-layout | 2 | 9 | 02 0b 0000 00000018 010000020000fbf00000fbf20000fbf3 | an announcement in the layout of 8210bis-10, IPv4 | code 0
  aspa-old-layout-ipv6 | 5.12 | !8210bis-26:5.12:old-layout | 2 | 9 | 02 0b 0000 00000014 010100010000fbf00000fbf2 | an announcement in the layout of 8210bis-10, IPv6 | code 0
  aspa-customer-0 | 5.12 | !8210bis-26:5.12:withdrawal-customer | 2 | 0 | 02 0b 0100 00000010 000000000000fbf2 | customer AS 0 | code 9, read
  error-report-12 | 5.11 | !8210bis-26:5.11:no-text | 2 | - | 02 0a 0000 0000000c 00000000 | an Error Report of 12 octets
  error-report-pdu-beyond | 5.11 | !8210bis-26:5.11:no-text | 2 | - | 02 0a 0000 00000010 0000000100000000 | an Error Report whose enclosed PDU exceeds it
  error-report-text-beyond | 5.11 | !8210bis-26:5.11:no-text | 2 | - | 02 0a 0000 00000010 0000000000000001 | an Error Report whose text is shorter than it says
  error-report-text-short | 5.11 | !8210bis-26:5.11:no-text | 2 | - | 02 0a 0000 00000013 0000000000000001616263 | an Error Report with octets behind its text
  error-report-huge | 5.1 | !8210bis-26:5.1:length | 2 | - | 02 0a 0000 ffffffff 0000000000000000 | an Error Report with length 4294967295
`;

/** name | section | requirement | version | the PDU that must not be sent | title. */
export const NEVER_SENT = `
  aspa-empty | 5.12 | !8210bis-26:5.12:not-empty-cache | 2 | {'type':'aspa','announce':true,'customer':64496,'providers':[]} | an ASPA announcement without providers
  aspa-as0 | 5.12 | !8210bis-26:5.12:zero-cache | 2 | {'type':'aspa','announce':true,'customer':64496,'providers':[0,64498]} | AS 0 among other providers
  aspa-descending | 5.12 | !8210bis-26:5.12:ascending | 2 | {'type':'aspa','announce':true,'customer':64496,'providers':[64499,64498]} | providers out of order
  aspa-twice | 5.12 | !8210bis-26:5.12:unique | 2 | {'type':'aspa','announce':true,'customer':64496,'providers':[64498,64498]} | a provider twice
  aspa-withdrawal | 5.12 | !8210bis-26:5.12:withdrawal-providers | 2 | {'type':'aspa','announce':false,'customer':64496,'providers':[64498]} | an ASPA withdrawal with providers
  aspa-in-v1 | 5 | !8210bis-26:7:lowered-features | 1 | {'type':'aspa','announce':true,'customer':64496,'providers':[64498]} | an ASPA in version 1
  aspa-in-v0 | 5 | !8210bis-26:7:lowered-features | 0 | {'type':'aspa','announce':true,'customer':64496,'providers':[64498]} | an ASPA in version 0
  router-key-in-v0 | 5 | !8210bis-26:7:lowered-features | 0 | {'type':'router-key','announce':true,'asn':64496,'ski':'SKI','spki':'KEY'} | a Router Key in version 0
  router-key-ski | 5.10 | !8210bis-26:5.10:layout | 2 | {'type':'router-key','announce':true,'asn':64496,'ski':'5151','spki':'KEY'} | an SKI of 2 octets
  router-key-empty | 5.10 | !8210bis-26:5.10:layout | 2 | {'type':'router-key','announce':true,'asn':64496,'ski':'SKI','spki':''} | a Router Key without a key
  max-length | 5.1 | !8210bis-26:5.1:max-length-cache | 2 | {'type':'ipv4-prefix','announce':true,'prefix':'192.0.2.0/24','maxLength':23,'asn':64496} | a max length below the prefix length
  max-length-33 | 5.6 | !8210bis-26:5.1:max-length-cache | 2 | {'type':'ipv4-prefix','announce':true,'prefix':'192.0.2.0/24','maxLength':33,'asn':64496} | a max length of 33
  family | 5.6 | !8210bis-26:5.6:layout | 2 | {'type':'ipv4-prefix','announce':true,'prefix':'2001:d00::/24','maxLength':24,'asn':64496} | an IPv6 prefix in an IPv4 Prefix PDU
  end-of-data | 5.8 | !8210bis-26:5.8:layout | 1 | {'type':'end-of-data','sessionId':7,'serial':1} | an End of Data of version 1 without intervals
`;

/** name | body | what it says, in the layout of 8210bis-10. */
export const OLD_LAYOUT = `
  announced | 010000020000fbf00000fbf20000fbf3 | {'type':'aspa','announce':true,'afi':1,'customer':64496,'providers':[64498,64499]}
  announced-ipv6 | 010100010000fbf00000fbf2 | {'type':'aspa','announce':true,'afi':2,'customer':64496,'providers':[64498]}
  withdrawn-with-providers | 000000010000fbf00000fbf2 | {'type':'aspa','announce':false,'afi':1,'customer':64496,'providers':[64498]}
  withdrawn | 000000000000fbf0 | {'type':'aspa','announce':false,'afi':1,'customer':64496,'providers':[]}
`;
