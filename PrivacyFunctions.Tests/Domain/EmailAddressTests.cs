using PrivacyFunctions.Domain;

namespace PrivacyFunctions.Tests.Domain;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("  Anna.Berg@Example.COM ", "anna.berg@example.com")]
    [InlineData("siobhan.o'neil+privacy@example.com", "siobhan.o'neil+privacy@example.com")]
    [InlineData("kontakt@Bücher.test", "kontakt@xn--bcher-kva.test")]
    [InlineData("kontakt@XN--BCHER-KVA.test", "kontakt@xn--bcher-kva.test")]
    [InlineData("ΕΛΈΝΗ@example.org", "ελένη@example.org")]
    public void Parse_Spellings_MeetInOne(string typed, string normalised) =>
        Assert.Equal(normalised, EmailAddress.Parse(typed).Value);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("anna")]
    [InlineData("@example.com")]
    [InlineData("anna@")]
    [InlineData("anna@localhost")]
    [InlineData("anna@example..com")]
    [InlineData("anna@example.com.")]
    [InlineData("anna@exa mple.com")]
    [InlineData("an na@example.com")]
    [InlineData("anna@example.com, bert@example.com")]
    [InlineData("anna@example.com\r\nBcc: bert@example.com")]
    [InlineData("Anna <anna@example.com>")]
    [InlineData("a..b@example.com")]
    [InlineData(".a@example.com")]
    public void TryParse_NoAddress_Fails(string? typed) => Assert.False(EmailAddress.TryParse(typed, out _));

    [Fact]
    public void ToString_AnAddress_IsWithheld() =>
        Assert.DoesNotContain("anna", $"{EmailAddress.Parse("anna@example.com")}", StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void Value_NeverParsed_Throws() => Assert.Throws<InvalidOperationException>(() => default(EmailAddress).Value);
}
