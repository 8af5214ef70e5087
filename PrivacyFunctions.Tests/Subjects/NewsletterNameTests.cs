using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Tests.Subjects;

/// <summary>The name of a newsletter stands in table keys as it is, so nothing else may be one.</summary>
public class NewsletterNameTests
{
    [Theory]
    [InlineData("product-news")]
    [InlineData("n")]
    [InlineData("7")]
    [InlineData("a--b")]
    public void TryParse_LettersDigitsAndInnerHyphens_IsAName(string text)
    {
        Assert.True(NewsletterName.TryParse(text, out var name));
        Assert.Equal((text, text), (name.Value, name.ToString()));
        Assert.Equal(name, NewsletterName.Parse(text));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-news")]
    [InlineData("news-")]
    [InlineData("News")]
    [InlineData("product news")]
    [InlineData("news/2026")]
    [InlineData("news\n")]
    public void TryParse_AnythingElse_IsNone(string? text)
    {
        Assert.False(NewsletterName.TryParse(text, out var name));
        Assert.Equal(default, name);
        Assert.Throws<FormatException>(() => NewsletterName.Parse(text!));
    }

    [Fact]
    public void Value_NeverParsed_Throws() => Assert.Throws<InvalidOperationException>(() => default(NewsletterName).Value);
}
