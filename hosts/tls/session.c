/** Session: Mbed TLS, one step at a time; the peer's chain is judged between two steps. */
#include "session.h"

#include <mbedtls/platform_util.h>
#include <stdlib.h>
#include <string.h>

#include "chain.h"
#include "digests.h"
#include "resumption.h"
#include "version.h"

/* Records without a byte for the lamp, one behind another. */
#define MOST_IDLE 1000

struct Session {
	Wire wire;
	mbedtls_ssl_context ssl;
	mbedtls_ssl_config config;
	mbedtls_x509_crt authority, certificate;
	mbedtls_pk_context key;
	int64_t date;
	/** The last instant at which every certificate of the peer's path is valid. */
	int64_t until;
	Refusal refusal;
	/** The wire had no byte, or no room: the library wants to wait after a ticket or a warning, too. */
	bool isStuck;
	bool isSetUp, isTrusted, isOffered, isKept, isOver;
	Resumable resumable;
	/** Identifies peer and trust for a later resumption. */
	uint8_t mark[DIGEST_BYTES];
	size_t authorityCount, certificateCount, keyCount;
	char *name;
	/** Inputs of the setup, which is arithmetic: name, authority, certificate, key. */
	uint8_t inputs[];
};

/* Suites with forward secrecy and authenticated encryption. */
static const int SUITES[] = {
	MBEDTLS_TLS1_3_AES_128_GCM_SHA256,
	MBEDTLS_TLS1_3_AES_256_GCM_SHA384,
	MBEDTLS_TLS1_3_CHACHA20_POLY1305_SHA256,
	MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
	MBEDTLS_TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
	MBEDTLS_TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
	MBEDTLS_TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
	MBEDTLS_TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
	MBEDTLS_TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
	0,
};
static const uint16_t GROUPS[] = {
	MBEDTLS_SSL_IANA_TLS_GROUP_SECP256R1,
	MBEDTLS_SSL_IANA_TLS_GROUP_X25519,
	MBEDTLS_SSL_IANA_TLS_GROUP_SECP384R1,
	MBEDTLS_SSL_IANA_TLS_GROUP_NONE,
};
static const uint16_t SIGNATURES[] = {
	MBEDTLS_TLS1_3_SIG_ECDSA_SECP256R1_SHA256,
	MBEDTLS_TLS1_3_SIG_ECDSA_SECP384R1_SHA384,
	/* before PSS, which 3.6.6 refuses in a key exchange of 1.2 although it is offered */
	MBEDTLS_TLS1_3_SIG_RSA_PKCS1_SHA256,
	MBEDTLS_TLS1_3_SIG_RSA_PKCS1_SHA384,
	MBEDTLS_TLS1_3_SIG_RSA_PKCS1_SHA512,
	MBEDTLS_TLS1_3_SIG_RSA_PSS_RSAE_SHA256,
	MBEDTLS_TLS1_3_SIG_RSA_PSS_RSAE_SHA384,
	MBEDTLS_TLS1_3_SIG_RSA_PSS_RSAE_SHA512,
	MBEDTLS_TLS1_3_SIG_NONE,
};

static int receiveFrom(void *context, unsigned char *into, size_t most)
{
	Session *session = context;
	int count = session->wire.receive(session->wire.context, into, most);
	if (count < 0) return 0; /* the end, to the library */
	if (count > 0) return count;
	session->isStuck = true;
	return MBEDTLS_ERR_SSL_WANT_READ;
}

static int sendTo(void *context, const unsigned char *bytes, size_t count)
{
	Session *session = context;
	int sent = session->wire.send(session->wire.context, bytes, count);
	if (sent < 0) return MBEDTLS_ERR_SSL_CONN_EOF;
	if (sent > 0) return sent;
	session->isStuck = true;
	return MBEDTLS_ERR_SSL_WANT_WRITE;
}

Session *sessionOpen(const Trust *trust, const Wire *wire)
{
	size_t nameCount = strlen(trust->name) + 1;
	size_t counts = nameCount + trust->authority.count + trust->certificate.count + trust->key.count;
	Session *session = calloc(1, sizeof(Session) + counts);
	if (!session) return NULL;
	session->wire = *wire;
	session->date = trust->date;
	session->name = (char *) session->inputs;
	session->authorityCount = trust->authority.count;
	session->certificateCount = trust->certificate.count;
	session->keyCount = trust->key.count;
	uint8_t *at = session->inputs;
	memcpy(at, trust->name, nameCount);
	const Bytes parts[] = { trust->authority, trust->certificate, trust->key };
	at += nameCount;
	for (size_t nth = 0; nth < 3; nth += 1) {
		if (parts[nth].count > 0) memcpy(at, parts[nth].bytes, parts[nth].count);
		at += parts[nth].count;
	}
	size_t marked = counts - trust->key.count;
	if (!sha256(session->inputs, marked, session->mark)) {
		free(session);
		return NULL;
	}
	session->resumable = resumptionTake(session->mark, trust->date);
	session->until = session->resumable.until;
	mbedtls_ssl_init(&session->ssl);
	mbedtls_ssl_config_init(&session->config);
	mbedtls_x509_crt_init(&session->authority);
	mbedtls_x509_crt_init(&session->certificate);
	mbedtls_pk_init(&session->key);
	return session;
}

static Shake refuse(Session *session, Refusal refusal)
{
	session->refusal = refusal;
	session->isOver = true;
	return SHAKE_REFUSED;
}

static bool configure(Session *session)
{
	mbedtls_ssl_config *config = &session->config;
	if (mbedtls_ssl_config_defaults(
			config, MBEDTLS_SSL_IS_CLIENT, MBEDTLS_SSL_TRANSPORT_STREAM, MBEDTLS_SSL_PRESET_DEFAULT))
		return false;
	versionConfigure(config);
	/* `judge` asks the library to verify, after bounds that the library does not have */
	mbedtls_ssl_conf_authmode(config, MBEDTLS_SSL_VERIFY_NONE);
	mbedtls_ssl_conf_min_tls_version(config, MBEDTLS_SSL_VERSION_TLS1_2);
	mbedtls_ssl_conf_max_tls_version(config, MBEDTLS_SSL_VERSION_TLS1_3);
	mbedtls_ssl_conf_ciphersuites(config, SUITES);
	mbedtls_ssl_conf_groups(config, GROUPS);
	mbedtls_ssl_conf_sig_algs(config, SIGNATURES);
#if defined(MBEDTLS_SSL_RENEGOTIATION)
	mbedtls_ssl_conf_renegotiation(config, MBEDTLS_SSL_RENEGOTIATION_DISABLED);
#endif
	/* no max_fragment_length: OpenSSL answers it in 1.3, too, where the library refuses that answer */
	return true;
}

static bool setUpTrust(Session *session)
{
	const uint8_t *authority = session->inputs + strlen(session->name) + 1;
	const uint8_t *certificate = authority + session->authorityCount;
	const uint8_t *key = certificate + session->certificateCount;
	size_t own = session->certificateCount, keyCount = session->keyCount;
	if (mbedtls_x509_crt_parse_der(&session->authority, authority, session->authorityCount)) return false;
	if (own == 0 || keyCount == 0) return true;
	return privateKeyState(key, keyCount) == PRIVATE_VALID
		&& mbedtls_x509_crt_parse_der(&session->certificate, certificate, own) == 0
		&& versionParseKey(&session->key, key, keyCount) == 0
		&& mbedtls_ssl_conf_own_cert(&session->config, &session->certificate, &session->key) == 0;
}

/* An address is no name to be sent (RFC 6066, 3). */
static bool isAddress(const char *name)
{
	for (; *name; name += 1)
		if ((*name < '0' || *name > '9') && *name != '.') return false;
	return true;
}

static bool setUp(Session *session)
{
	if (!configure(session) || !setUpTrust(session)) return false;
	mbedtls_ssl_context *ssl = &session->ssl;
	if (mbedtls_ssl_setup(ssl, &session->config)) return false;
	const char *name = isAddress(session->name) ? NULL : session->name;
	if (mbedtls_ssl_set_hostname(ssl, name)) return false;
	mbedtls_ssl_set_bio(ssl, session, sendTo, receiveFrom, NULL);
	session->isOffered = resumptionOffer(&session->resumable, ssl);
	resumptionFree(&session->resumable);
	return true;
}

/* After the step that took the peer's certificates, before anything of ours is sent. */
static bool judge(Session *session)
{
	mbedtls_x509_crt *peer = versionPeerIn(&session->ssl);
	ChainVerdict verdict = peer
		? chainJudge(peer, &session->authority, session->name, session->date, &session->until)
		: CHAIN_UNSUITABLE;
	if (verdict == CHAIN_TRUSTED) return session->isTrusted = true;
	session->refusal = verdict == CHAIN_DATE ? REFUSED_DATE
		: verdict == CHAIN_UNTRUSTED         ? REFUSED_SIGNATURE
											 : REFUSED_CHAIN;
	mbedtls_ssl_send_alert_message(&session->ssl, MBEDTLS_SSL_ALERT_LEVEL_FATAL,
		verdict == CHAIN_DATE ? MBEDTLS_SSL_ALERT_MSG_CERT_EXPIRED : MBEDTLS_SSL_ALERT_MSG_BAD_CERT);
	return false;
}

static Refusal refusalOf(int status)
{
	switch (status) {
	case MBEDTLS_ERR_SSL_FATAL_ALERT_MESSAGE:
		return REFUSED_BY_PEER;
	case MBEDTLS_ERR_SSL_CONN_EOF:
	case MBEDTLS_ERR_SSL_PEER_CLOSE_NOTIFY:
		return REFUSED_ENDED;
	case MBEDTLS_ERR_SSL_ALLOC_FAILED:
		return REFUSED_SETUP;
	default:
		return REFUSED_PROTOCOL;
	}
}

static bool wants(int status)
{
	return status == MBEDTLS_ERR_SSL_WANT_READ || status == MBEDTLS_ERR_SSL_WANT_WRITE;
}

Shake sessionShake(Session *session)
{
	mbedtls_ssl_context *ssl = &session->ssl;
	if (session->isOver) return SHAKE_REFUSED;
	if (!session->isSetUp) {
		if (!setUp(session)) return refuse(session, REFUSED_SETUP);
		session->isSetUp = true;
		return SHAKE_MORE;
	}
	int before = versionStateOf(ssl);
	session->isStuck = false;
	int status = mbedtls_ssl_handshake_step(ssl);
	if (wants(status)) return session->isStuck ? SHAKE_WAITS : SHAKE_MORE;
	if (status != 0) return refuse(session, refusalOf(status));
	bool isPast = before == MBEDTLS_SSL_SERVER_CERTIFICATE && versionStateOf(ssl) != before;
	if (isPast && !judge(session)) return refuse(session, session->refusal);
	if (!mbedtls_ssl_is_handshake_over(ssl)) return SHAKE_MORE;
	/* without certificates only a session of a trusted peer can be resumed */
	if (!session->isTrusted && !session->isOffered) return refuse(session, REFUSED_CHAIN);
	return SHAKE_DONE;
}

static int ended(Session *session)
{
	session->isOver = true;
	return -1;
}

/* In 1.2 the session is known at the end of the handshake, in 1.3 with each ticket. */
static void keep(Session *session, int version)
{
	if (sessionVersion(session) != version || (version == 12 && session->isKept)) return;
	session->isKept = true;
	resumptionKeep(&session->ssl, session->mark, session->until);
}

int sessionAvailable(Session *session)
{
	int idle = 0;
	if (session->isOver) return -1;
	keep(session, 12);
	for (;;) {
		size_t count = mbedtls_ssl_get_bytes_avail(&session->ssl);
		if (count > 0) return (int) count;
		session->isStuck = false;
		int status = mbedtls_ssl_read(&session->ssl, NULL, 0);
		if (session->isStuck && wants(status)) return 0;
		if (status == MBEDTLS_ERR_SSL_RECEIVED_NEW_SESSION_TICKET)
			keep(session, 13);
		else if (wants(status)) {
			if ((idle += 1) > MOST_IDLE) return ended(session);
		} else if (status != 0 || mbedtls_ssl_get_bytes_avail(&session->ssl) == 0)
			return ended(session); /* 0 without a byte: the wire ended */
	}
}

int sessionRead(Session *session, uint8_t *into, size_t most)
{
	int count = sessionAvailable(session);
	if (count <= 0 || most == 0) return count;
	int status = mbedtls_ssl_read(&session->ssl, into, most);
	return status > 0 ? status : ended(session);
}

bool sessionWrite(Session *session, const uint8_t *bytes, size_t count)
{
	for (size_t at = 0; at < count;) {
		if (session->isOver) return false;
		int status = mbedtls_ssl_write(&session->ssl, bytes + at, count - at);
		if (status <= 0) {
			ended(session);
			return false;
		}
		at += (size_t) status;
	}
	return !session->isOver;
}

void sessionEnd(Session *session)
{
	if (session->isSetUp && !session->isOver) mbedtls_ssl_close_notify(&session->ssl);
	session->isOver = true;
}

void sessionFree(Session *session)
{
	if (!session) return;
	mbedtls_ssl_free(&session->ssl);
	mbedtls_ssl_config_free(&session->config);
	mbedtls_x509_crt_free(&session->authority);
	mbedtls_x509_crt_free(&session->certificate);
	mbedtls_pk_free(&session->key);
	resumptionFree(&session->resumable);
	size_t own = session->certificateCount + session->keyCount;
	uint8_t *from = session->inputs + strlen(session->name) + 1 + session->authorityCount;
	mbedtls_platform_zeroize(from, own);
	free(session);
}

Refusal sessionRefusal(const Session *session)
{
	return session->refusal;
}

int sessionVersion(const Session *session)
{
	if (!session->isSetUp) return 0;
	switch (mbedtls_ssl_get_version_number(&session->ssl)) {
	case MBEDTLS_SSL_VERSION_TLS1_2:
		return 12;
	case MBEDTLS_SSL_VERSION_TLS1_3:
		return 13;
	default:
		return 0;
	}
}

bool sessionIsResumed(const Session *session)
{
	return session->isOffered && !session->isTrusted && !session->isOver;
}

void sessionForget(void)
{
	resumptionForget();
}
