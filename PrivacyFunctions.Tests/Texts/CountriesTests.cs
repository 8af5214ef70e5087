using System.Text.RegularExpressions;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Tests.Support;
using PrivacyFunctions.Texts;

namespace PrivacyFunctions.Tests.Texts;

/// <summary>The supervisory authorities by country.</summary>
[Clause("R-COMPLAIN")]
[Clause("R-EVERYONE")]
public partial class CountriesTests
{
    [Fact]
    public void Countries_OfTheEea_AndTheUnitedKingdomAndSwitzerland_HaveAnAuthority()
    {
        var members = Countries.All.Where(country => EuropeanEconomicArea.Contains(country.Code)).ToList();
        Assert.Equal(30, members.Count);
        Assert.All(members, country => Assert.NotNull(country.Authority));
        Assert.Equal("ico.org.uk", Countries.Find("GB")?.Site);
        Assert.Equal("www.edoeb.admin.ch", Countries.Find("CH")?.Site);
    }

    [Fact]
    public void Countries_AreThereOnce_InTheOrderOfTheirNames()
    {
        Assert.All(Countries.All, country => Assert.Matches("^[A-Z]{2}$", country.Code));
        Assert.Equal(Countries.All.Count, Countries.All.Select(country => country.Code).Distinct().Count());
        Assert.Equal(Countries.All.Select(country => country.Name).Order(StringComparer.Ordinal), Countries.All.Select(country => country.Name));
    }

    [Fact]
    public void Authorities_HaveANameThatGoesOnASentence_AndASite()
    {
        Assert.All(Countries.All, country => Assert.Equal(country.Authority is null, country.Site is null));
        Assert.All(Countries.All.Where(country => country.Site is not null), country =>
        {
            Assert.StartsWith("the ", country.Authority, StringComparison.Ordinal);
            Assert.Matches(Site(), country.Site);
        });
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("de")]
    [InlineData("XX")]
    public void Find_OfNoCountry_IsNone(string? code) => Assert.Null(Countries.Find(code));

    [GeneratedRegex(@"^([a-z0-9-]+\.)+[a-z]{2,}(/[a-z]+)?$")]
    private static partial Regex Site();
}
