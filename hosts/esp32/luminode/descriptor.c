/**
 * Descriptor: hardware, version and profile of this image, at a fixed place of its file.
 *
 * ESP-IDF puts this section directly after its own esp_app_desc_t, so the bytes are at 0x120 of every
 * image. `npx luminode sign` reads them (tools/image/espimage.ts), and the firmware its profile.
 */
#include "esp_ota_ops.h"
#include "sdkconfig.h"

typedef struct {
	char magic[8];
	char hardware[24];
	char version[16];
	char profile[16];
} descriptor_t;

/* With its zero each text fits; an empty one would be an image without a name. */
#define FITS(TEXT, FIELD)                                                                                    \
	_Static_assert(sizeof(TEXT) > 1 && sizeof(TEXT) <= sizeof(((descriptor_t *) 0)->FIELD), #FIELD)
FITS(CONFIG_LUMINODE_HARDWARE, hardware);
FITS(CONFIG_LUMINODE_VERSION, version);
FITS(CONFIG_LUMINODE_PROFILE, profile);

static const descriptor_t descriptor __attribute__((section(".rodata_custom_desc"), used)) = {
	.magic = "LUMIMG1",
	.hardware = CONFIG_LUMINODE_HARDWARE,
	.version = CONFIG_LUMINODE_VERSION,
	.profile = CONFIG_LUMINODE_PROFILE,
};

const char *luminode_profile(void);
int32_t luminode_slot(void);

const char *luminode_profile(void)
{
	return descriptor.profile;
}

/** The slot of the running image, 0 or 1. */
int32_t luminode_slot(void)
{
	return esp_ota_get_running_partition()->subtype - ESP_PARTITION_SUBTYPE_APP_OTA_0;
}
