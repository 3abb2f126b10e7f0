/**
 * Driver: the TLS of the hosts (hosts/tls) as a program, one request a line, bytes in hex, `-` for none.
 *
 * sha256 BYTES | hmac KEY BYTES | pbkdf2 PASSWORD SALT ROUNDS | ecdsa POINT DIGEST SIGNATURE |
 * rsa SPKI DIGEST SIGNATURE | certificate DER DATE | key DER | pair DER KEY | self DER |
 * fingerprint DER | for DER NAME | chain CA NAME DATE DER ... |
 * connect PORT NAME DATE CA DER KEY TEXT STEP | forget
 *
 * ROUNDS in hex, DATE in decimal milliseconds. `connect` sends TEXT and prints how it went; STEP is the
 * most that is read at once. It waits five seconds for the peer.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "certificate.h"
#include "chain.h"
#include "digests.h"
#include "session.h"
#include "version.h"

#define MOST_WORDS 16
#define PATIENCE_ms 5000

typedef struct {
	uint8_t *bytes; /* of its exact size, so that a read beyond it is seen */
	size_t count;
} Word;

static Word bytesOf(const char *hex)
{
	size_t count = strcmp(hex, "-") == 0 ? 0 : strlen(hex) / 2;
	Word word = { malloc(count ? count : 1), count };
	for (size_t at = 0; at < count; at += 1) {
		unsigned byte = 0;
		sscanf(hex + 2 * at, "%2x", &byte);
		word.bytes[at] = (uint8_t) byte;
	}
	return word;
}

static void printHex(const uint8_t *bytes, size_t count)
{
	for (size_t at = 0; at < count; at += 1) printf("%02x", bytes[at]);
	printf("\n");
}

static void printTruth(bool truth)
{
	puts(truth ? "true" : "false");
}

static bool rsaVerify(Word spki, Word digest, Word signature)
{
	/* as in a chain: a certificate is refused whose key is out of bounds */
	mbedtls_pk_context key;
	mbedtls_pk_init(&key);
	bool isGood = mbedtls_pk_parse_public_key(&key, spki.bytes, spki.count) == 0
		&& mbedtls_pk_verify(
			   &key, MBEDTLS_MD_SHA256, digest.bytes, digest.count, signature.bytes, signature.count)
			== 0;
	mbedtls_pk_free(&key);
	return isGood;
}

static const char *stateOf(Word der, int64_t date)
{
	static const char *const STATES[] = { "valid", "malformed", "expired", "notYetValid" };
	Certificate read;
	if (!certificateRead(der.bytes, der.count, &read)) return STATES[CERTIFICATE_MALFORMED];
	return STATES[certificateState(&read, date)];
}

static const char *chainOf(Word ca, const char *name, int64_t date, Word *certificates, int count)
{
	static const char *const VERDICTS[] = { "trusted", "unsuitable", "date", "untrusted" };
	mbedtls_x509_crt authority, peer;
	mbedtls_x509_crt_init(&authority);
	mbedtls_x509_crt_init(&peer);
	const char *verdict = "unparsed";
	int64_t until;
	bool isParsed = mbedtls_x509_crt_parse_der(&authority, ca.bytes, ca.count) == 0;
	for (int nth = 0; isParsed && nth < count; nth += 1)
		isParsed = mbedtls_x509_crt_parse_der(&peer, certificates[nth].bytes, certificates[nth].count) == 0;
	if (isParsed) verdict = VERDICTS[chainJudge(&peer, &authority, name, date, &until)];
	mbedtls_x509_crt_free(&authority);
	mbedtls_x509_crt_free(&peer);
	return verdict;
}

static int step;

static int receiveFrom(void *context, uint8_t *into, size_t most)
{
	ssize_t got = recv(*(int *) context, into, step > 0 && most > (size_t) step ? (size_t) step : most, 0);
	if (got > 0) return (int) got;
	return got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK) ? 0 : -1;
}

static int sendTo(void *context, const uint8_t *bytes, size_t count)
{
	ssize_t sent = send(*(int *) context, bytes, count, MSG_NOSIGNAL);
	if (sent >= 0) return (int) sent;
	return errno == EAGAIN || errno == EWOULDBLOCK ? 0 : -1;
}

static bool waitsFor(int socket)
{
	struct pollfd one = { socket, POLLIN, 0 };
	return poll(&one, 1, PATIENCE_ms) > 0;
}

static int connectTo(int port)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t) port) };
	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	int made = socket(AF_INET, SOCK_STREAM, 0);
	if (connect(made, (struct sockaddr *) &to, sizeof to) != 0) {
		close(made);
		return -1;
	}
	fcntl(made, F_SETFL, O_NONBLOCK);
	return made;
}

/* The first line that the peer sends. */
static void printAnswer(Session *session, int socket)
{
	uint8_t text[64];
	size_t count = 0;
	while (count < sizeof text && memchr(text, '\n', count) == NULL) {
		int got = sessionRead(session, text + count, sizeof text - count);
		if (got < 0 || (got == 0 && !waitsFor(socket))) break;
		count += (size_t) got;
	}
	printf(" %.*s\n", (int) (count > 0 ? count - 1 : 0), (char *) text);
}

static void exchange(char **words)
{
	static const char *const REFUSALS[] = { "not", "setup", "chain", "date", "signature", "byPeer", "ended",
		"protocol" };
	Word ca = bytesOf(words[4]), own = bytesOf(words[5]), key = bytesOf(words[6]);
	Trust trust = { { ca.bytes, ca.count }, { own.bytes, own.count }, { key.bytes, key.count }, words[2],
		strtoll(words[3], NULL, 10) };
	int socket = connectTo(atoi(words[1]));
	step = atoi(words[8]);
	Wire wire = { &socket, receiveFrom, sendTo };
	Session *session = sessionOpen(&trust, &wire);
	Shake shake = SHAKE_MORE;
	while (shake == SHAKE_MORE || (shake == SHAKE_WAITS && waitsFor(socket))) shake = sessionShake(session);
	if (shake == SHAKE_DONE) {
		printf("done %d %s", sessionVersion(session), sessionIsResumed(session) ? "resumed" : "full");
		char text[64];
		int count = snprintf(text, sizeof text, "%s\n", words[7]);
		if (!sessionWrite(session, (uint8_t *) text, (size_t) count))
			puts(" unwritten");
		else
			printAnswer(session, socket);
		sessionEnd(session);
	} else {
		printf("%s\n", shake == SHAKE_WAITS ? "waits" : REFUSALS[sessionRefusal(session)]);
	}
	sessionFree(session);
	close(socket);
	free(ca.bytes);
	free(own.bytes);
	free(key.bytes);
}

static void answer(char **words, int count)
{
	static const char *const KEYS[] = { "valid", "malformed", "unsupported" };
	uint8_t digest[DIGEST_BYTES];
	Word given[MOST_WORDS];
	for (int nth = 0; nth + 1 < count; nth += 1) given[nth] = bytesOf(words[nth + 1]);
	const char *what = words[0];
	if (strcmp(what, "sha256") == 0) {
		sha256(given[0].bytes, given[0].count, digest);
		printHex(digest, DIGEST_BYTES);
	} else if (strcmp(what, "hmac") == 0) {
		hmacSha256(given[0].bytes, given[0].count, given[1].bytes, given[1].count, digest);
		printHex(digest, DIGEST_BYTES);
	} else if (strcmp(what, "pbkdf2") == 0) {
		uint32_t rounds = (uint32_t) strtoul(words[3], NULL, 16);
		pbkdf2Sha256(given[0].bytes, given[0].count, given[1].bytes, given[1].count, rounds, digest);
		printHex(digest, DIGEST_BYTES);
	} else if (strcmp(what, "ecdsa") == 0) {
		printTruth(given[0].count == POINT_BYTES
			&& ecdsaVerify(given[0].bytes, given[1].bytes, given[1].count, given[2].bytes, given[2].count));
	} else if (strcmp(what, "rsa") == 0) {
		printTruth(rsaVerify(given[0], given[1], given[2]));
	} else if (strcmp(what, "certificate") == 0) {
		puts(stateOf(given[0], strtoll(words[2], NULL, 10)));
	} else if (strcmp(what, "key") == 0) {
		puts(KEYS[privateKeyState(given[0].bytes, given[0].count)]);
	} else if (strcmp(what, "pair") == 0) {
		printTruth(privateKeyIsOf(given[1].bytes, given[1].count, given[0].bytes, given[0].count));
	} else if (strcmp(what, "self") == 0) {
		printTruth(certificateIsSelfSigned(given[0].bytes, given[0].count));
	} else if (strcmp(what, "fingerprint") == 0) {
		certificateFingerprint(given[0].bytes, given[0].count, digest);
		printHex(digest, DIGEST_BYTES);
	} else if (strcmp(what, "for") == 0) {
		Certificate read;
		printTruth(
			certificateRead(given[0].bytes, given[0].count, &read) && certificateIsFor(&read, words[2]));
	} else if (strcmp(what, "chain") == 0) {
		puts(chainOf(given[0], words[2], strtoll(words[3], NULL, 10), given + 3, count - 4));
	} else if (strcmp(what, "connect") == 0) {
		exchange(words);
	} else if (strcmp(what, "forget") == 0) {
		sessionForget();
		puts("forgotten");
	} else {
		exit(64); /* EX_USAGE */
	}
	for (int nth = 0; nth + 1 < count; nth += 1) free(given[nth].bytes);
}

int main(void)
{
	char *line = NULL;
	size_t size = 0;
	signal(SIGPIPE, SIG_IGN);
	if (!cryptoBegin()) return 70;
	while (getline(&line, &size, stdin) > 0) {
		char *words[MOST_WORDS + 1];
		int count = 0;
		for (char *word = strtok(line, " \n"); word && count < MOST_WORDS; word = strtok(NULL, " \n"))
			words[count++] = word;
		if (count > 0) answer(words, count);
		fflush(stdout);
	}
	free(line);
	sessionForget();
	return 0;
}
