/** Certificate: fields, extensions and names, without the TLS library. */
#include "certificate.h"

#include <limits.h>
#include <string.h>

/* Tags of [0] version, [1] and [2] unique identifiers, [3] extensions (4.1). */
#define VERSION 0xa0
#define ISSUER_ID 0x81
#define SUBJECT_ID 0x82
#define EXTENSIONS 0xa3
/* Of a name in SubjectAltName (4.2.1.6). */
#define DNS_NAME 0x82
#define IP_ADDRESS 0x87
/* Bits of the first byte of KeyUsage (4.2.1.3). */
#define KEY_CERT_SIGN 0x04
#define HANDSHAKE (0x80 | 0x20 | 0x08) /* digitalSignature, keyEncipherment, keyAgreement */
/* RSA: shorter is obsolete, longer only occupies the controller. */
#define SHORTEST_MODULUS 256
#define LONGEST_MODULUS 512
#define LONGEST_EXPONENT 3

#define IS(der, text) derIs(der, text, sizeof(text) - 1)

static const char EC_KEY[] = "\x2a\x86\x48\xce\x3d\x02\x01";
static const char RSA_KEY[] = "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01";
static const char P256[] = "\x2a\x86\x48\xce\x3d\x03\x01\x07";
static const char P384[] = "\x2b\x81\x04\x00\x22";
static const char KEY_USAGE[] = "\x55\x1d\x0f";
static const char NAMES[] = "\x55\x1d\x11";
static const char CONSTRAINTS[] = "\x55\x1d\x13";
static const char EXTENDED_USAGE[] = "\x55\x1d\x25";
static const char SERVERS[] = "\x2b\x06\x01\x05\x05\x07\x03\x01";
static const char ANY_PURPOSE[] = "\x55\x1d\x25\x00";

static bool takeAlgorithm(Der *from, Der *name)
{
	Der algorithm;
	return derTake(from, DER_SEQUENCE, &algorithm) && derTake(&algorithm, DER_OBJECT, name);
}

/* Sets of pairs of a type and its text (4.1.2.4). */
static bool takeName(Der *from, Der *whole)
{
	Der name;
	Der again = *from;
	if (!derWhole(from, DER_SEQUENCE, whole) || !derTake(&again, DER_SEQUENCE, &name)) return false;
	while (derCount(name) > 0) {
		Der set, pair;
		if (!derTake(&name, DER_SET, &set) || derCount(set) == 0) return false;
		while (derCount(set) > 0)
			if (!derTake(&set, DER_SEQUENCE, &pair) || !derTake(&pair, DER_OBJECT, NULL)
				|| !derTake(&pair, derTag(pair), NULL) || derCount(pair) > 0)
				return false;
	}
	return true;
}

static int twoDigits(const uint8_t *at)
{
	return 10 * (at[0] - '0') + at[1] - '0';
}

/* Days from 1970 to a date of the Gregorian calendar. */
static int64_t daysTo(int year, int month, int day)
{
	int64_t y = month > 2 ? year : year - 1; /* a year that begins in March */
	int64_t era = (y >= 0 ? y : y - 399) / 400;
	int64_t ofEra = y - era * 400;
	int64_t ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	return era * 146097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719468;
}

/* In Zulu, with seconds (4.1.2.5). */
static bool takeInstant(Der *from, int64_t *instant)
{
	static const uint8_t DAYS[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool isShort = derTag(*from) == DER_UTC_TIME;
	Der text;
	if (!derTake(from, isShort ? DER_UTC_TIME : DER_GENERALIZED_TIME, &text)) return false;
	size_t count = derCount(text);
	if (count != (isShort ? 13 : 15) || text.at[count - 1] != 'Z') return false;
	for (size_t nth = 0; nth < count - 1; nth += 1)
		if (text.at[nth] < '0' || text.at[nth] > '9') return false;
	const uint8_t *at = text.at + count - 11; /* the month */
	int year = twoDigits(at - 2);
	year += isShort ? (year < 50 ? 2000 : 1900) : 100 * twoDigits(text.at);
	int month = twoDigits(at), day = twoDigits(at + 2);
	int hour = twoDigits(at + 4), minute = twoDigits(at + 6), second = twoDigits(at + 8);
	if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) return false;
	bool isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
	if (day > DAYS[month - 1] + (month == 2 && isLeap)) return false;
	*instant = 1000 * (86400 * daysTo(year, month, day) + 3600 * hour + 60 * minute + second);
	return true;
}

static size_t bitsOf(Der magnitude)
{
	size_t bits = 8 * derCount(magnitude);
	for (int mask = 0x80; bits > 0 && mask > 0 && !(magnitude.at[0] & mask); mask >>= 1) bits -= 1;
	return bits;
}

static bool isRsaBounded(Der bits)
{
	Der pair, modulus, exponent;
	if (!derTake(&bits, DER_SEQUENCE, &pair) || !derPositive(&pair, &modulus)
		|| !derPositive(&pair, &exponent) || derCount(pair) > 0 || derCount(bits) > 0)
		return false;
	size_t length = bitsOf(modulus);
	if (length < 8 * SHORTEST_MODULUS || length > 8 * LONGEST_MODULUS) return false;
	if (!(modulus.end[-1] & 1) || !(exponent.end[-1] & 1)) return false;
	if (derCount(exponent) > LONGEST_EXPONENT) return false;
	uint32_t value = 0;
	for (const uint8_t *at = exponent.at; at < exponent.end; at += 1) value = value << 8 | *at;
	return value >= 3 && value <= 0x10001;
}

/* SubjectPublicKeyInfo (RFC 5480, RFC 8017). False: not well formed. */
static bool takeKey(Der *from, KeyKind *kind)
{
	Der info, algorithm, name, bits, curve;
	*kind = KEY_OTHER;
	if (!derTake(from, DER_SEQUENCE, &info) || !derTake(&info, DER_SEQUENCE, &algorithm)
		|| !derTake(&algorithm, DER_OBJECT, &name))
		return false;
	Der whole = info;
	if (!derTake(&info, DER_BIT_STRING, NULL) || derCount(info) > 0) return false;
	if (!derBits(&whole, &bits)) return true;
	if (IS(name, RSA_KEY)) {
		if (isRsaBounded(bits)) *kind = KEY_RSA;
	} else if (IS(name, EC_KEY) && derTake(&algorithm, DER_OBJECT, &curve)) {
		/* an uncompressed point (SEC 1, 2.3.4) */
		if (IS(curve, P256) && derCount(bits) == 65 && bits.at[0] == 4) *kind = KEY_P256;
		if (IS(curve, P384) && derCount(bits) == 97 && bits.at[0] == 4) *kind = KEY_P384;
	}
	return true;
}

/* Whether a list of purposes includes servers. */
static bool isPurpose(Der value)
{
	Der list, one;
	if (!derTake(&value, DER_SEQUENCE, &list)) return false;
	while (derTake(&list, DER_OBJECT, &one))
		if (IS(one, SERVERS) || IS(one, ANY_PURPOSE)) return true;
	return false;
}

static void readConstraints(Der value, Certificate *into)
{
	Der constraints, flag, length;
	if (!derTake(&value, DER_SEQUENCE, &constraints)) return;
	into->isAuthority = derTake(&constraints, DER_BOOLEAN, &flag) && flag.at[0] != 0;
	if (derTake(&constraints, DER_INTEGER, &length)) into->pathLength = derByte(length, 0);
}

/* Each a name, a critical flag, and bytes (4.1). */
static bool readExtensions(Der list, Certificate *into)
{
	bool maySign = true;
	while (derCount(list) > 0) {
		Der one, name, flag, value, bits;
		if (!derTake(&list, DER_SEQUENCE, &one) || !derTake(&one, DER_OBJECT, &name)) return false;
		bool isCritical = derTake(&one, DER_BOOLEAN, &flag) && flag.at[0] != 0;
		if (!derTake(&one, DER_OCTET_STRING, &value) || derCount(one) > 0) return false;
		if (IS(name, KEY_USAGE)) {
			uint8_t usage = derTake(&value, DER_BIT_STRING, &bits) ? derByte(bits, 1) : 0;
			maySign = (usage & KEY_CERT_SIGN) != 0;
			into->isForHandshake = (usage & HANDSHAKE) != 0;
		} else if (IS(name, NAMES)) {
			derTake(&value, DER_SEQUENCE, &into->names);
		} else if (IS(name, CONSTRAINTS)) {
			readConstraints(value, into);
		} else if (IS(name, EXTENDED_USAGE)) {
			into->isForServers = isPurpose(value);
		} else if (isCritical) {
			into->isUnderstood = false;
		}
	}
	into->isAuthority = into->isAuthority && maySign;
	return true;
}

static bool readFields(Der fields, Certificate *into, Der *inner)
{
	Der validity, name, extensions, list;
	Der again;
	derTake(&fields, VERSION, NULL);
	if (!derTake(&fields, DER_INTEGER, NULL)) return false;
	again = fields;
	if (!takeAlgorithm(&fields, &name) || !derWhole(&again, DER_SEQUENCE, inner)) return false;
	if (!takeName(&fields, &into->issuer) || !derTake(&fields, DER_SEQUENCE, &validity)) return false;
	if (!takeInstant(&validity, &into->from) || !takeInstant(&validity, &into->to)) return false;
	if (derCount(validity) > 0 || !takeName(&fields, &into->subject)) return false;
	again = fields;
	if (!derWhole(&again, DER_SEQUENCE, &into->info) || !takeKey(&fields, &into->key)) return false;
	derTake(&fields, ISSUER_ID, NULL);
	derTake(&fields, SUBJECT_ID, NULL);
	if (derCount(fields) == 0) return true; /* version 1 has no extensions */
	if (!derTake(&fields, EXTENSIONS, &extensions) || derCount(fields) > 0) return false;
	if (!derTake(&extensions, DER_SEQUENCE, &list) || derCount(extensions) > 0) return false;
	return readExtensions(list, into);
}

bool certificateRead(const uint8_t *bytes, size_t count, Certificate *into)
{
	memset(into, 0, sizeof *into);
	into->pathLength = INT_MAX;
	into->isForServers = into->isForHandshake = into->isUnderstood = true;
	if (!derIsSound(bytes, count)) return false;
	Der block = derOf(bytes, count);
	Der whole, fields, inner, outer;
	if (!derTake(&block, DER_SEQUENCE, &whole) || !derTake(&whole, DER_SEQUENCE, &fields)) return false;
	Der again = whole;
	if (!takeAlgorithm(&whole, &into->algorithm) || !derWhole(&again, DER_SEQUENCE, &outer)) return false;
	if (!derTake(&whole, DER_BIT_STRING, NULL) || derCount(whole) > 0) return false;
	if (!readFields(fields, into, &inner)) return false;
	into->isConsistent = derSame(inner, outer);
	return true;
}

CertificateState certificateState(const Certificate *certificate, int64_t date)
{
	if (date < certificate->from) return CERTIFICATE_NOT_YET;
	return date > certificate->to ? CERTIFICATE_EXPIRED : CERTIFICATE_VALID;
}

bool certificateIsSignedSoundly(const Certificate *certificate)
{
	static const char *const NAMES_OF[] = {
		"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0b",
		"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0c",
		"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0d",
		"\x2a\x86\x48\xce\x3d\x04\x03\x02",
		"\x2a\x86\x48\xce\x3d\x04\x03\x03",
		"\x2a\x86\x48\xce\x3d\x04\x03\x04",
	};
	for (size_t nth = 0; nth < sizeof NAMES_OF / sizeof *NAMES_OF; nth += 1)
		if (derIs(certificate->algorithm, NAMES_OF[nth], strlen(NAMES_OF[nth]))) return true;
	return false;
}

static uint8_t lower(uint8_t byte)
{
	return byte >= 'A' && byte <= 'Z' ? byte + 32 : byte;
}

static bool isText(const uint8_t *one, const char *other, size_t count)
{
	for (size_t nth = 0; nth < count; nth += 1)
		if (lower(one[nth]) != lower((uint8_t) other[nth])) return false;
	return true;
}

static bool isAddress(Der address, const char *name)
{
	char text[16];
	size_t length = 0;
	if (derCount(address) != 4) return false;
	for (int nth = 0; nth < 4; nth += 1) {
		uint8_t value = address.at[nth];
		if (nth > 0) text[length++] = '.';
		if (value > 99) text[length++] = (char) ('0' + value / 100);
		if (value > 9) text[length++] = (char) ('0' + value / 10 % 10);
		text[length++] = (char) ('0' + value % 10);
	}
	return strlen(name) == length && memcmp(text, name, length) == 0;
}

static bool isDnsName(Der pattern, const char *name)
{
	size_t count = derCount(pattern);
	if (count == strlen(name) && isText(pattern.at, name, count)) return true;
	const char *dot = strchr(name, '.');
	if (count < 3 || pattern.at[0] != '*' || pattern.at[1] != '.' || !dot || dot == name) return false;
	return count - 1 == strlen(dot) && isText(pattern.at + 1, dot, count - 1);
}

bool certificateIsFor(const Certificate *certificate, const char *name)
{
	Der list = certificate->names;
	while (derCount(list) > 0) {
		uint8_t tag = derTag(list);
		Der one;
		if (!derTake(&list, tag, &one)) return false;
		if (tag == IP_ADDRESS && isAddress(one, name)) return true;
		if (tag == DNS_NAME && isDnsName(one, name)) return true;
	}
	return false;
}

PrivateState privateKeyState(const uint8_t *bytes, size_t count)
{
	Der block = derOf(bytes, count);
	Der key, algorithm, name, content, numbers, modulus, curve;
	if (!derIsSound(bytes, count) || !derTake(&block, DER_SEQUENCE, &key)) return PRIVATE_MALFORMED;
	if (!derTake(&key, DER_INTEGER, NULL) || !derTake(&key, DER_SEQUENCE, &algorithm)
		|| !derTake(&algorithm, DER_OBJECT, &name) || !derTake(&key, DER_OCTET_STRING, &content))
		return PRIVATE_MALFORMED;
	if (IS(name, EC_KEY)) {
		bool isP256 = derTake(&algorithm, DER_OBJECT, &curve) && IS(curve, P256);
		return isP256 ? PRIVATE_VALID : PRIVATE_UNSUPPORTED;
	}
	if (!IS(name, RSA_KEY)) return PRIVATE_UNSUPPORTED;
	if (!derTake(&content, DER_SEQUENCE, &numbers) || !derTake(&numbers, DER_INTEGER, NULL)
		|| !derPositive(&numbers, &modulus))
		return PRIVATE_MALFORMED;
	size_t bits = bitsOf(modulus);
	bool isBounded = bits >= 8 * SHORTEST_MODULUS && bits <= 8 * LONGEST_MODULUS;
	return isBounded ? PRIVATE_VALID : PRIVATE_UNSUPPORTED;
}
