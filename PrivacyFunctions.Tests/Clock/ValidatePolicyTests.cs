using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Hosting.Internal;
using PrivacyFunctions.Clock;

namespace PrivacyFunctions.Tests.Clock;

/// <summary>Settings that would break a promise are refused at the start.</summary>
public class ValidatePolicyTests
{
    [Theory]
    [InlineData("Production", 1, "Europe/Berlin", null)]
    [InlineData("Development", 1, "Asia/Tokyo", null)]
    [InlineData("Development", 1000, "Europe/Berlin", null)]
    [InlineData("Production", 1000, "Europe/Berlin", "Policy:Pace other than 1 starts only in the Development environment.")]
    [InlineData("Production", 1, "Europe/Atlantis", "Policy:LegalTimeZone is not the name of a time zone.")]
    [InlineData("Development", 1000, "Europe/Atlantis", "Policy:LegalTimeZone is not the name of a time zone.")]
    public void Validate_PaceAndZone_AreRefusedWhereTheyMislead(string environment, double pace, string zone, string? why)
    {
        var checks = new ValidatePolicy(new HostingEnvironment { EnvironmentName = environment });
        var result = checks.Validate(null, new() { Pace = pace, LegalTimeZone = zone });
        Assert.Equal((why is null, why), (result.Succeeded, result.FailureMessage));
    }

    [Theory]
    [InlineData("EU")]
    [InlineData("DE")]
    [InlineData("SE", "Policy:Holidays is one of AT, BE, CZ, DE, ES, EU, FR, GB, IE, IT, LU, NL, US.")]
    [InlineData("de", "Policy:Holidays is one of AT, BE, CZ, DE, ES, EU, FR, GB, IE, IT, LU, NL, US.")]
    public void Validate_Holidays_AreThoseOfAPlaceThatWeKnow(string seat, string? why = null)
    {
        var checks = new ValidatePolicy(new HostingEnvironment { EnvironmentName = "Production" });
        var result = checks.Validate(null, new() { Holidays = seat });
        Assert.Equal((why is null, why), (result.Succeeded, result.FailureMessage));
    }

    /// <summary>The durations that the README promises to whoever sets nothing, and which the law allows.</summary>
    [Fact]
    public void Options_NothingSet_AreThoseOfTheReadmeAndValid()
    {
        var options = new PolicyOptions();
        Validator.ValidateObject(options, new(options), validateAllProperties: true);
        Assert.Equal(
            (1, 14, 30, 14, 14, 30, "Europe/Berlin", "EU"),
            (options.Pace, options.ConfirmationDays, options.ResumeDays, options.ExportDays, options.UndoDays, options.RetrievalDays,
                options.LegalTimeZone, options.Holidays));
    }
}
