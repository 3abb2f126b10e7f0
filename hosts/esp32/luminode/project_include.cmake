# No folder of this machine in what ESP-IDF compiles; build.mk has the same for the SDK's part.
get_filename_component(root "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)
idf_build_set_property(COMPILE_OPTIONS "-ffile-prefix-map=$ENV{MODDABLE}=/MODDABLE" APPEND)
idf_build_set_property(COMPILE_OPTIONS "-ffile-prefix-map=${root}=." APPEND)
