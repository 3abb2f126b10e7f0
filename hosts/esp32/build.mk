# Build: the SDK's makefile of a board, SDK_MAKEFILE, with our flags for our C and with ESP-IDF's part
# as a step that may fail: the SDK's own goes on and copies an older image.
include $(SDK_MAKEFILE)

# ESP-IDF compiles Mbed TLS with these words (components/mbedtls/CMakeLists.txt). Without them its
# structures have other sizes in hosts/tls than in the library; `layout` below compares.
MBEDTLS = $(IDF_PATH)/components/mbedtls
MBEDTLS_CONFIG = '"mbedtls/esp_config.h"'
OUR_FLAGS = \
	-DMBEDTLS_CONFIG_FILE=$(MBEDTLS_CONFIG) \
	-DTF_PSA_CRYPTO_USER_CONFIG_FILE=$(MBEDTLS_CONFIG) \
	-fstack-protector-strong -Wall -Wextra -Werror
# Names for the folders of this machine, in texts and in what a debugger reads: ESP-IDF hashes that, too.
NO_FOLDERS = \
	-ffile-prefix-map=$(CURDIR)=. \
	-ffile-prefix-map=$(MODDABLE)=/MODDABLE \
	-ffile-prefix-map=$(IDF_PATH)=/IDF
OUR_INCLUDES = \
	-isystem $(MBEDTLS)/port/include \
	-isystem $(MBEDTLS)/mbedtls/tf-psa-crypto/include \
	-isystem $(MBEDTLS)/mbedtls/tf-psa-crypto/drivers/builtin/include

# For a file of this tree; the SDK's headers are then those of a system, whose warnings are not ours.
ours = $(filter-out $(TMP_DIR)/%,$(filter $(CURDIR)/%,$<))
SDK_INCLUDES := $(C_INCLUDES)
C_INCLUDES = $(if $(ours),$(OUR_INCLUDES) $(patsubst -I%,-isystem %,$(SDK_INCLUDES)),$(SDK_INCLUDES))
C_FLAGS += $(if $(ours),$(OUR_FLAGS)) $(NO_FOLDERS)

# Components that an image needs, and hosts/esp32/luminode; all others would be compiled for nothing.
COMPONENTS = main luminode $(filter-out set(ESP_COMPONENTS ),$(file < $(TMP_DIR)/xs_idf_deps.txt))
IDF_BUILD_OPTIONS += -DEXTRA_COMPONENT_DIRS=$(CURDIR)/hosts/esp32/luminode '-DCOMPONENTS=$(COMPONENTS)'

.PHONY: options contents image flash

# ESP-IDF's sdkconfig alone, to be compared with ours.
options: dependencies $(SDKCONFIG_H)

# The contents of flash, before they are compiled (tools/toolchain/contents.ts).
contents: $(TMP_DIR)/mc.xs.c

IDF_LAYOUT = $(BLD_DIR)/esp-idf/luminode/CMakeFiles/__idf_luminode.dir$(CURDIR)/hosts/tls/layout.c.obj

image: precursor $(TMP_DIR)/layout.c.o
	ninja -C $(BLD_DIR) esp-idf/luminode/libluminode.a
	$(OBJCOPY) -O binary -j .rodata.layout $(TMP_DIR)/layout.c.o $(TMP_DIR)/layout.ours
	$(OBJCOPY) -O binary -j .rodata.layout $(IDF_LAYOUT) $(TMP_DIR)/layout.idf
	cmp $(TMP_DIR)/layout.ours $(TMP_DIR)/layout.idf || \
		(echo "hosts/tls and Mbed TLS are compiled with different configurations: hosts/esp32/build.mk"; exit 1)
	cd $(PROJ_DIR) && idf.py $(IDF_PY_LOG_FLAG) build
	cp $(addprefix $(BLD_DIR)/,xs_esp32.elf xs_esp32.map xs_esp32.bin ota_data_initial.bin) $(BIN_DIR)
	cp $(BLD_DIR)/bootloader/bootloader.bin $(PARTITIONS_PATH) $(BIN_DIR)

$(TMP_DIR)/layout.c.o: $(CURDIR)/hosts/tls/layout.c $(SDKCONFIG_H)
	$(CC) $(C_DEFINES) $(C_INCLUDES) $(C_FLAGS) $< -o $@

flash:
	cd $(PROJ_DIR) && idf.py -p $(UPLOAD_PORT) -b $(UPLOAD_SPEED) flash
