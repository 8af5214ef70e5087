using PrivacyFunctions.Texts;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Tests.Texts;

/// <summary>Texts that name what is not there are not written, and values are written by the language's rules.</summary>
public sealed class TextFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public TextFolderTests()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "parts"));
        foreach (var file in new[] { "language.json", "plural.liquid" })
            File.Copy(Path.Combine(AppContext.BaseDirectory, "Texts", Language.English, file), Path.Combine(_folder, file));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(0, "0 days")]
    [InlineData(1, "1 day")]
    [InlineData(2, "2 days")]
    [InlineData(1_234_567, "1,234,567 days")]
    public void Count_InEnglish_TakesItsForm(long number, string words) =>
        Assert.Equal(words, Write("{{ n | count: one: 'day', other: 'days' }}", ("n", number)));

    [Fact]
    public void Count_WithoutTheForm_Fails() =>
        Assert.Throws<InvalidOperationException>(() => Write("{{ n | count: one: 'day' }}", ("n", 2)));

    [Theory]
    [InlineData(new string[0], "")]
    [InlineData(new[] { "a" }, "a")]
    [InlineData(new[] { "a", "b" }, "a and b")]
    [InlineData(new[] { "a", "b", "c" }, "a, b and c")]
    public void List_OfSome_EndsWithAnd(string[] items, string words) => Assert.Equal(words, Write("{{ items | list }}", ("items", items)));

    [Fact]
    public void Instant_ElsewhereInTheWorld_IsWrittenInUtc() => Assert.Equal(
        "4 March 2026, 23:30 UTC",
        Write("{{ at | minute }}", ("at", new DateTimeOffset(2026, 3, 5, 1, 30, 0, TimeSpan.FromHours(2)))));

    [Fact]
    public void Day_GivenAnInstant_Fails() =>
        Assert.Throws<InvalidOperationException>(() => Write("{{ at | day }}", ("at", DateTimeOffset.UnixEpoch)));

    [Theory]
    [InlineData("{{ nothing }}")]
    [InlineData("{{ at | nothing }}")]
    [InlineData("{% render 'nothing' %}")]
    public void Text_NamingWhatIsNotThere_Fails(string template) =>
        Assert.ThrowsAny<Exception>(() => Write(template, ("at", DateTimeOffset.UnixEpoch)));

    [Fact]
    public void Check_OfATextThatCannotBeRead_NamesIt()
    {
        Write("Words");
        File.WriteAllText(Path.Combine(_folder, "broken.liquid"), "Words {% if %}");
        var folder = new TextFolder(_folder);
        folder.Check("text");
        Assert.Contains("broken.liquid", Assert.Throws<InvalidOperationException>(() => folder.Check("broken")).Message);
        Assert.Contains("none.liquid", Assert.Throws<InvalidOperationException>(() => folder.Check("none")).Message);
    }

    [Fact]
    public void Folder_ThatIsNotThere_IsNamed() => Assert.Contains(
        "xx", Assert.Throws<InvalidOperationException>(() => TextFolder.Of("xx")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{ "title": "A title" }""")]
    [InlineData("""{ "title": null, "words": [] }""")]
    [InlineData("""{ "title": "A title", "words": [], "more": "" }""")]
    [InlineData("""{ "title": "A {{ title", "words": [] }""")]
    public void Read_OfWordsThatDoNotFit_Fails(string words)
    {
        File.WriteAllText(Path.Combine(_folder, "notice.json"), words);
        Assert.Contains("notice.json", Assert.Throws<InvalidOperationException>(() => new TextFolder(_folder).Read<NoticeText>("notice")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Words {{ link | button: 'Press' }}")]
    [InlineData("{{ link | button: 'Press' }} {{ link | button: 'Again' }}")]
    public void Button_BesideWords_Fails(string template) =>
        Assert.Throws<FormatException>(() => WrittenText.Parts(Write(template, ("link", "https://example.com/"))));

    private string Write(string template, params (string, object?)[] values)
    {
        File.WriteAllText(Path.Combine(_folder, "text.liquid"), template);
        return new TextFolder(_folder).Write("text", values).Trim();
    }
}
