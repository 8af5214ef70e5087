using System.Runtime.CompilerServices;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Cases.Watch;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Tests.Support;
using PrivacyFunctions.Texts;

namespace PrivacyFunctions.Tests.Mail;

/// <summary>
/// What people are written, word for word. The letters lie in <c>Letters/{language}</c>; where a change is meant, they are written anew
/// with <c>PF_RENEW_SNAPSHOT=1 dotnet test PrivacyFunctions.Tests --filter LetterWriterTests</c>, and read.
/// </summary>
public class LetterWriterTests
{
    private static bool IsRenewal => Environment.GetEnvironmentVariable("PF_RENEW_SNAPSHOT") == "1";

    public static TheoryData<string> Letters => [.. SampleLetters.All.Keys];

    [Theory]
    [MemberData(nameof(Letters))]
    public async Task Letter_Written_SaysWhatWasRead(string name)
    {
        var letter = TestLetters.Writer.Write(SampleLetters.All[name]);
        var written = $"Subject: {letter.Subject}\n\n{letter.ToText().TrimEnd()}\n";
        var file = Path.Combine("Letters", Language.English, $"{name}.txt");
        if (IsRenewal) await File.WriteAllTextAsync(Path.Combine(SourceFolder(), file), written);
        else Assert.Equal(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Mail", file)), written);
    }

    // Every answer and every refusal that tells of authorities at all names the right one.
    [Fact]
    [Clause("R-COMPLAIN")]
    public void Letter_ToSomebodyWhoseCountryIsKnown_NamesItsAuthorityOrSaysThatThereIsNone()
    {
        const string General = "Some countries have no such authority";
        var telling = SampleLetters.All.Values.Where(draft => TestLetters.Writer.Write(draft).ToText().Contains(General, StringComparison.Ordinal)).ToList();
        Assert.InRange(telling.Select(draft => draft.GetType()).Distinct().Count(), 14, int.MaxValue);
        Assert.All(telling, draft =>
        {
            var (known, unknown) = (TestLetters.Writer.Write(draft, "IE").ToText(), TestLetters.Writer.Write(draft, "AF").ToText());
            Assert.Contains("(Ireland: the Data Protection Commission, www.dataprotection.ie)", known);
            Assert.Contains("We do not know of a data protection authority where you live (Afghanistan)", unknown);
            Assert.Contains("write to our Data Protection Officer: privacy@1partner360security.com.", unknown);
            foreach (var text in new[] { known, unknown })
            {
                Assert.DoesNotContain(General, text, StringComparison.Ordinal);
                Assert.Contains("or where you think that the law was broken: those of the EEA are listed at edpb.europa.eu.", text); // art. 77 gives each of them
                Assert.Contains("You can also go to court", text);
            }

            Assert.Contains(General, TestLetters.Writer.Write(draft, "XX").ToText());
        });
    }

    [Fact]
    public void Drafts_ThereAre_HaveTextsAndSamples()
    {
        var drafts = typeof(Draft).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Draft)) && !type.IsAbstract).Select(LetterWriter.TextOf).Order().ToList();
        Assert.Equal(drafts, SampleLetters.All.Values.Select(draft => LetterWriter.TextOf(draft.GetType())).Distinct().Order());

        // The one of the kind that the tests add.
        Assert.Equal(
            drafts, Directory.GetFiles(FolderOf(Language.English, "letters")).Select(Path.GetFileNameWithoutExtension)
                .Except(["question-answered"]).Order());
    }

    [Fact]
    public void Letter_ToAPerson_GreetsAndSaysWhoWrites()
    {
        var parts = TestLetters.Writer.Write(SampleLetters.All["data-ready"]).Parts;
        Assert.Equal(new TextPart.Paragraph("Hello,"), parts[0]);
        Assert.Contains("privacy@", ((TextPart.Paragraph)parts[^1]).Words, StringComparison.Ordinal);
    }

    [Fact]
    public void Letter_OfNoCase_NamesNoReference() => Assert.DoesNotContain(
        "Reference", TestLetters.Writer.Write(new JobFailed("cleanup")).ToText(), StringComparison.Ordinal);

    [Theory]
    [InlineData("a\n\nb\r\n\r\nc", "The job a b c has failed and will not go on by itself.")]
    [InlineData("\u0001Pay\u0003https://evil.example/", "The job Pay https://evil.example/ has failed and will not go on by itself.")]
    [InlineData("<b>{{ job }}</b> &amp; {% if %}", "The job <b>{{ job }}</b> &amp; {% if %} has failed and will not go on by itself.")]
    [InlineData("\u202Eabc ünï 😀", "The job \u202Eabc ünï 😀 has failed and will not go on by itself.")]
    public void Value_WhateverIsInIt_AddsNoPart(string value, string words)
    {
        var letter = TestLetters.Writer.Write(new JobFailed(value));
        Assert.Equal(new TextPart.Paragraph(words), letter.Parts[0]);
        Assert.Equal(2, letter.Parts.Count);
    }

    [Fact]
    public void Draft_WithoutAText_IsNotWritten()
    {
        var failure = Assert.Throws<InvalidOperationException>(() => TestLetters.Writer.Write(new Unheard()));
        Assert.Contains("unheard.liquid", failure.Message, StringComparison.Ordinal);
    }

    private sealed record Unheard(CaseId? Reference = null) : OfficerDraft(Reference);

    private static string FolderOf(string language, string kind) => Path.Combine(AppContext.BaseDirectory, "Texts", language, kind);

    private static string SourceFolder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
