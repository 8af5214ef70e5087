using PrivacyFunctions.DataMap;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Tests.DataMap;

public sealed class KeyPathTests
{
    [Fact]
    public void Fill_Address_IsBase64UrlOfTheNormalisedBytes()
    {
        Assert.True(KeyPath.TryParse("{email}/", out var path));

        Assert.Equal("c2lvYmhhbi5vJ25laWwrcHJpdmFjeUBleGFtcGxlLmNvbQ/",
            path.Fill(EmailAddress.Parse("Siobhan.O'Neil+Privacy@EXAMPLE.com")));
    }

    [Theory]
    [InlineData("p/1")]
    [InlineData("p'1")]
    [InlineData("../p-1")]
    [InlineData("")]
    public void Fill_IdThatIsNotSafeInAKey_IsRefused(string id)
    {
        Assert.True(KeyPath.TryParse("{person}", out var path));

        Assert.Throws<ArgumentException>(() => path.Fill(KeyKind.Person, id));
    }

    [Theory]
    [InlineData("all")]
    [InlineData("{email}{person}")]
    [InlineData("{email}/{email}")]
    [InlineData("{nobody}")]
    [InlineData("")]
    [InlineData(null)]
    public void TryParse_NotExactlyOnePlace_Fails(string? template) => Assert.False(KeyPath.TryParse(template, out _));
}
