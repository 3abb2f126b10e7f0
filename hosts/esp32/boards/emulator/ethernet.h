/**
 * Ethernet: MAC and PHY of the emulator, for which the SDK's module asks a board without an internal
 * MAC. It expects both on an SPI bus; here is none (modSPI.h), and OpenCores Ethernet instead.
 */
#pragma once

#include "driver/spi_master.h"
#include "esp_eth_driver.h"

static inline esp_eth_mac_t *mod_ethernet_get_mac(spi_device_interface_config_t device, int interrupt)
{
	eth_mac_config_t config = ETH_MAC_DEFAULT_CONFIG();
	(void) device;
	(void) interrupt;
	return esp_eth_mac_new_openeth(&config);
}

static inline esp_eth_phy_t *mod_ethernet_get_phy(void)
{
	eth_phy_config_t config = ETH_PHY_DEFAULT_CONFIG();
	config.reset_gpio_num = -1;
	return esp_eth_phy_new_generic(&config);
}
