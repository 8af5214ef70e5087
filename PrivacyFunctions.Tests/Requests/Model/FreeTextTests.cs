using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Tests.Requests.Model;

public class FreeTextTests
{
    private static readonly TextLimits Limits = new(10, 4000);

    [Theory]
    [InlineData("", TextFit.TooShort)]
    [InlineData("nine char", TextFit.TooShort)]
    [InlineData("ten chars!", TextFit.Fits)]
    [InlineData("👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦", TextFit.TooShort)] // three, as people count
    [InlineData("ëëëëëëëëëë", TextFit.Fits)]
    [InlineData("e\u0308e\u0308e\u0308e\u0308e\u0308e\u0308e\u0308e\u0308e\u0308", TextFit.TooShort)] // nine, in two parts each
    public void Text_IsCountedAsPeopleCount(string text, TextFit fit) => Assert.Equal(fit, Limits.Of(text));

    [Fact]
    public void Text_AtItsLimit_Fits_AndOneMoreDoesNot()
    {
        Assert.Equal(TextFit.Fits, Limits.Of(new string('a', 4000)));
        Assert.Equal(TextFit.TooLong, Limits.Of(new string('a', 4001)));
        Assert.Equal(TextFit.Fits, Limits.Of(string.Concat(Enumerable.Repeat("😀", 4000))));
        // One character of a thousand parts each: it could not be stored.
        Assert.Equal(TextFit.TooLong, Limits.Of(string.Concat(Enumerable.Repeat("e" + new string('\u0308', 1000), 30))));
    }

    [Theory]
    [InlineData("One\r\ntwo\rthree\nfour", "One\ntwo\nthree\nfour")]
    [InlineData("\n\n A paragraph.\r\n\r\nAnother. \n", "A paragraph.\n\nAnother.")]
    [InlineData("a\u0000b\u001Bc\td", "abc\td")]
    public void Read_KeepsNewLinesAndNothingThatNobodySees(string typed, string read) => Assert.Equal(read, FreeText.Read(typed));
}
