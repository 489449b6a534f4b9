// SPDX-License-Identifier: LGPL-2.1-or-later
//
// Which certificates of servers are taken: with a CA file, and with the authorities that the system
// trusts. Each refusal must be for its own reason, so everything else about the certificate is in
// order: an expired one comes from an authority that is trusted at that moment.
#include "compat-tests/harness/system_trust.h"
#include "providers/internet/tests/sending_test.h"

namespace remapi::internet {
namespace {

/// From now on this machine trusts one of the test's authorities, until this process ends: Wine
/// takes nothing back from a process that runs.
void trust(const std::string& file) {
    std::string error;
    ASSERT_TRUE(test::trust_authority(certificate(file), error)) << error;
}

class Tls : public testing::TestWithParam<Security> {
protected:
    static SmtpSettings settings(const std::string& server, const std::string& ca_file = {}) {
        const bool starttls = GetParam() == Security::StartTls;
        SmtpSettings settings = settings_for(server + (starttls ? "_starttls" : ""), GetParam());
        if (!ca_file.empty()) settings.ca_file = certificate(ca_file);
        return settings;
    }
    static SmtpSettings good(const std::string& ca_file = {}) {
        SmtpSettings settings =
            settings_for(GetParam() == Security::StartTls ? "starttls" : "tls", GetParam());
        if (!ca_file.empty()) settings.ca_file = certificate(ca_file);
        return settings;
    }
    static void expect_accepted(const SmtpSettings& settings) {
        const Outcome outcome = send_by(settings);
        EXPECT_EQ(Fate::Accepted, outcome.fate) << outcome.reason;
    }
    static void expect_rejected(const SmtpSettings& settings, const std::string& words) {
        const Outcome outcome = send_by(settings);
        EXPECT_EQ(Fate::Deferred, outcome.fate) << outcome.reason;
        EXPECT_TRUE(says(outcome, "certificate not trusted: it " + words)) << outcome.reason;
    }
};

constexpr char kUnknown[] = "comes from an unknown authority";
constexpr char kOtherHost[] = "belongs to another host name";
constexpr char kExpired[] = "has expired";

TEST_P(Tls, TheGivenAuthorityIsTrusted) {
    expect_accepted(good("ca.pem"));
}

TEST_P(Tls, WithACaFileAnUnknownAuthorityIsRejected) {
    expect_rejected(settings("stranger", "ca.pem"), kUnknown);
    expect_rejected(good("other-ca.pem"), kUnknown);
}

TEST_P(Tls, WithACaFileAWrongNameIsRejected) {
    expect_rejected(settings("wrong_name", "ca.pem"), kOtherHost);
}

TEST_P(Tls, WithACaFileAnExpiredCertificateIsRejected) {
    expect_rejected(settings("expired", "ca.pem"), kExpired);
}

// In this order: what is trusted once stays trusted.
TEST_P(Tls, WithoutACaFileAnUnknownAuthorityIsRejected) {
    expect_rejected(good(), kUnknown);
}

TEST_P(Tls, WithoutACaFileTheSystemsAuthoritiesAreTrusted) {
    trust("ca.pem");
    expect_accepted(good());
    expect_rejected(settings("stranger"), kUnknown);
}

TEST_P(Tls, WithoutACaFileAWrongNameIsRejected) {
    trust("ca.pem");
    expect_rejected(settings("wrong_name"), kOtherHost);
    expect_accepted(good());
}

TEST_P(Tls, WithoutACaFileAnExpiredCertificateIsRejected) {
    trust("ca.pem");
    expect_rejected(settings("expired"), kExpired);
    expect_accepted(good());
}

TEST_P(Tls, ACaFileStandsInForTheSystemsAuthorities) {
    trust("other-ca.pem");
    expect_accepted(settings("stranger"));
    expect_rejected(settings("stranger", "ca.pem"), kUnknown);
}

INSTANTIATE_TEST_SUITE_P(Both, Tls, testing::Values(Security::Tls, Security::StartTls),
                         [](const auto& at) {
                             return at.param == Security::Tls ? "Implicit" : "StartTls";
                         });

TEST(Certificates, StartTlsIsNotGivenUpSilently) {
    SmtpSettings settings = settings_for("plain", Security::StartTls);
    settings.ca_file = certificate("ca.pem");
    const Outcome outcome = send_by(settings);
    EXPECT_EQ(Fate::Deferred, outcome.fate);
    EXPECT_TRUE(says(outcome, "STARTTLS")) << outcome.reason;
}

TEST(Certificates, CaFileThatIsMissingOrEmptyIsSaid) {
    SmtpSettings settings = settings_for("tls", Security::Tls);
    settings.ca_file = certificate("no-such-file.pem");
    const Outcome missing = send_by(settings);
    EXPECT_EQ(Fate::Deferred, missing.fate);
    EXPECT_TRUE(says(missing, "cannot be read")) << missing.reason;
    settings.ca_file = certificate("complete");  // an empty file
    EXPECT_EQ(Fate::Deferred, send_by(settings).fate);
    settings.ca_file = certificate("good.key");  // PEM, but no certificate
    EXPECT_EQ(Fate::Deferred, send_by(settings).fate);
}

}  // namespace
}  // namespace remapi::internet
