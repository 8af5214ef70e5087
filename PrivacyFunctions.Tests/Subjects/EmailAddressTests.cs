using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Tests.Subjects;

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
    [InlineData("a.@example.com")]
    [InlineData("\"anna\"@example.com")]
    [InlineData("an\u2029na@example.com")] // paragraph separator
    [InlineData("an\uFFFDna@example.com")] // what a decoder writes for what it could not read
    [InlineData("an\u200Bna@example.com")] // zero width space
    [InlineData("anna\u200D@example.com")] // zero width joiner
    [InlineData("\u202Eanna@example.com")] // right-to-left override
    [InlineData("an\u00ADna@example.com")] // soft hyphen
    [InlineData("\uFEFFanna@example.com")] // byte order mark
    [InlineData("an\u0007na@example.com")] // control
    [InlineData("an\u00A0na@example.com")] // no-break space
    [InlineData("an\u2028na@example.com")] // line separator
    [InlineData("an\uE000na@example.com")] // private use
    [InlineData("an\u0378na@example.com")] // not assigned
    [InlineData("an\U000E0041na@example.com")] // tag, beyond the basic plane
    public void TryParse_NoAddress_Fails(string? typed) => Assert.False(EmailAddress.TryParse(typed, out _));

    // As a fact: the runner could not report half a surrogate pair as an argument.
    [Fact]
    public void TryParse_HalfASurrogatePair_Fails() => Assert.All(
        ["\ud800@example.com", "an\udc00na@example.com", "anna@ex\ud800mple.com"],
        typed => Assert.False(EmailAddress.TryParse(typed, out _)));

    [Theory]
    [InlineData("ελένη@example.org")]
    [InlineData("иван.петров@example.org")]
    [InlineData("李明@example.org")]
    [InlineData("プライバシー@example.org")]
    [InlineData("مريم@example.org")]
    [InlineData("प्रिया@example.org")]
    [InlineData("e\u0301lodie@example.org")]
    [InlineData("\U00020BB7野@example.org")]
    public void TryParse_LettersOfAnyScript_Succeeds(string typed) => Assert.True(EmailAddress.TryParse(typed, out _));

    [Theory]
    [InlineData(64, 189, true)] // the longest one, of 254 characters
    [InlineData(64, 190, false)]
    [InlineData(65, 100, false)]
    public void TryParse_Length_IsThatOfAMailbox(int local, int domain, bool isOne) => Assert.Equal(
        isOne, EmailAddress.TryParse($"{new string('a', local)}@{Domain(domain)}", out _));

    // A short spelling of a long domain: what counts is what is sent.
    [Fact]
    public void TryParse_ThatGrowsBeyondAMailboxInPunycode_Fails()
    {
        var domain = string.Join('.', Enumerable.Repeat(new string('ü', 40) + "b", 4)) + ".test";
        Assert.True(EmailAddress.TryParse($"a@{domain}", out var address));
        var room = 254 - address.Value.Length;
        Assert.InRange(room, 1, 62);
        Assert.True(EmailAddress.TryParse($"{new string('a', 1 + room)}@{domain}", out _));
        Assert.False(EmailAddress.TryParse($"{new string('a', 2 + room)}@{domain}", out var none));
        Assert.Equal(default, none);
    }

    [Fact]
    public void Parse_NoAddress_ThrowsWithoutRepeatingIt() =>
        Assert.DoesNotContain("anna", Assert.Throws<FormatException>(() => EmailAddress.Parse("anna@")).Message);

    [Fact]
    public void ToString_AnAddress_IsWithheld() =>
        Assert.Equal("(e-mail address)", $"{EmailAddress.Parse("anna@example.com")}");

    [Fact]
    public void Value_NeverParsed_Throws() => Assert.Throws<InvalidOperationException>(() => default(EmailAddress).Value);

    // Of labels that are as long as they may be.
    private static string Domain(int length)
    {
        var labels = string.Concat(Enumerable.Repeat(new string('b', 63) + ".", 4));
        return labels[..(length - 4)].TrimEnd('.').PadRight(length - 4, 'b') + ".com";
    }
}
