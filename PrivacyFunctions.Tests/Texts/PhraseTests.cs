using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using PrivacyFunctions.Texts;

namespace PrivacyFunctions.Tests.Texts;

/// <summary>Phrases show values as words, whatever is in them, and links where the language wants them.</summary>
public class PhraseTests
{
    private static readonly DateOnly Day = new(2026, 3, 4);

    [Fact]
    public void Write_WithValues_WritesThemByTheLanguage() => Assert.Equal(
        "Until 4 March 2026 & 1 day", Phrase("Until {{ day | day }} & {{ n | count: one: 'day', other: 'days' }}").Write(("day", Day), ("n", 1)));

    [Fact]
    public async Task Show_OfALink_PutsItIntoTheSentence() => Assert.Equal(
        "Now <a href=\"/there\">go &lt;on&gt;</a>, or stay.", await ShownAsync(Phrase("Now {{ path | link: 'go <on>' }}, or stay."), ("path", "/there")));

    [Fact]
    public async Task Show_OfATime_SaysItToProgramsToo() => Assert.Equal(
        "<time datetime=\"2026-03-04\">4 March 2026</time>", await ShownAsync(Phrase("{{ day | time }}"), ("day", Day)));

    [Fact]
    public async Task Show_OfAnAddress_LinksToIt() => Assert.Equal(
        "<a href=\"mailto:o@example.com\">o@example.com</a>", await ShownAsync(Phrase("{{ to | mail }}"), ("to", "o@example.com")));

    [Theory]
    [InlineData("<b>Bold</b> & \"x\"", "&lt;b&gt;Bold&lt;/b&gt; &amp; &quot;x&quot;")]
    [InlineData("&lt;b&gt;", "&amp;lt;b&amp;gt;")]
    [InlineData("\u0004go\u0003https://example.com/\u0006", " go https://example.com/ ")]
    [InlineData("{{ day }}", "{{ day }}")]
    public async Task Show_OfAnyValue_ShowsItAsWords(string value, string shown) => Assert.Equal(
        $"{shown}, <strong>{shown}</strong>", await ShownAsync(Phrase("{{ x }}, {{ x | strong }}"), ("x", value)));

    [Fact]
    public async Task Show_OfWordsOfTheText_ShowsNoElements() => Assert.Equal("&lt;b&gt;", await ShownAsync(Phrase("<b>")));

    [Fact]
    public void Write_OfALink_Fails() => Assert.Throws<FormatException>(() => Phrase("{{ path | link: 'on' }}").Write(("path", "/")));

    [Fact]
    public void Write_WithoutAValueThatItNames_Fails() => Assert.ThrowsAny<Exception>(() => Phrase("{{ nothing }}").Write(("path", "/")));

    [Fact]
    public void Phrase_ThatCannotBeRead_IsNone() => Assert.Throws<JsonException>(() => Phrase("{{ broken"));

    private static Phrase Phrase(string words) => TextFolder.English.Phrase(words);

    private static async Task<string> ShownAsync(Phrase phrase, params (string Name, object? Value)[] values)
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        var shown = phrase.Show(values);
        return await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<Shown>(
            ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(Shown.Content)] = shown }))).ToHtmlString());
    }

    private sealed class Shown : ComponentBase
    {
        [Parameter]
        public RenderFragment? Content { get; set; }

        protected override void BuildRenderTree(Microsoft.AspNetCore.Components.Rendering.RenderTreeBuilder builder) => builder.AddContent(0, Content);
    }
}
