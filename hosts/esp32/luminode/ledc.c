/**
 * LEDC: the duty of the lamp's channel, written so that it works in an interrupt while the flash cache is
 * off: by registers alone, as `ledc_set_duty` and `ledc_update_duty` of ESP-IDF do.
 *
 * The SDK's PWM has opened the channel (dimmer.ts) and left a change of duty in one step in its registers;
 * nothing else writes there. Nothing waits here: `ledc_ll_set_duty_start` of an ESP32 spins until the duty
 * before is shown, for ever if the LEDC's clock stands, and so is not used. The bit that it sets is read by
 * the LEDC at the end of a period: set again before that, it shows the later duty alone.
 */
#include "hal/ledc_ll.h"
#include "light.h"

/* `port` of dimmer.ts. */
#define CHANNEL LEDC_CHANNEL_4

void luminode_ledc(uint32_t value)
{
	ledc_dev_t *ledc = LEDC_LL_GET_HW();
	ledc_ll_set_duty_int_part(ledc, LEDC_LOW_SPEED_MODE, CHANNEL, value);
	ledc->channel_group[LEDC_LOW_SPEED_MODE].channel[CHANNEL].conf1.duty_start = 1;
	ledc_ll_ls_channel_update(ledc, LEDC_LOW_SPEED_MODE, CHANNEL);
}
