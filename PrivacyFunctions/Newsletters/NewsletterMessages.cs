using System.Text.Encodings.Web;
using System.Text.Json;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Records;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Texts;

namespace PrivacyFunctions.Newsletters;

/// <summary>
/// What a campaign's orchestration knows from its start. Waiting instances keep the shape they were started with, so fields are
/// only added, with <see cref="Version"/> to branch on.
/// </summary>
internal sealed record NewsletterInput(CampaignId Campaign, string Version)
{
    /// <summary>The version that new campaigns start with.</summary>
    public const string CurrentVersion = WorkflowVersion.Current;

    /// <summary>The page that it is at; null once every subscriber was met.</summary>
    public int? Page { get; init; } = 1;

    /// <summary>Until when it is kept who got it, once every subscriber was met; real time, UTC.</summary>
    public DateTimeOffset? KeptUntil { get; init; }

    /// <summary>How often it began a new history.</summary>
    public int Round { get; init; }

    public static NewsletterInput For(CampaignId id) => new(id, CurrentVersion);

    public static string InstanceOf(CampaignId id) => $"newsletter-{id}";
}

/// <summary>A step of a campaign.</summary>
internal sealed record CampaignStep(CampaignId Campaign);

/// <summary>A page of the subscribers, from 1. Where it begins stands in the campaign's rows, as it names a person.</summary>
internal sealed record NewsletterPage(CampaignId Campaign, int Number);

/// <summary>Some pages in a row, from that one on.</summary>
internal sealed record NewsletterStretch(CampaignId Campaign, string Version, int FirstPage);

/// <summary>The page to go on with; null after the last one.</summary>
internal sealed record NextPage(int? Number);

/// <summary>Until when it is kept who got the newsletter; real time, UTC.</summary>
internal sealed record RecipientsKept(DateTimeOffset Until);

/// <summary>Whether there is more to do.</summary>
internal sealed record MoreToDo(bool IsMore);

/// <summary>A step that does not work; null once it does again.</summary>
internal sealed record CampaignTrouble(CampaignId Campaign, string? Step);

/// <summary>How far a campaign came; numbers of subscribers.</summary>
/// <param name="Sent">The provider took the mail.</param>
/// <param name="Skipped">They do not want it.</param>
/// <param name="Refused">The provider refuses the address, or it is none.</param>
/// <param name="Parked">It is not known whether the mail went, so it is not sent again.</param>
internal sealed record CampaignCounts(int Sent, int Skipped, int Refused, int Parked)
{
    public static CampaignCounts None { get; } = new(0, 0, 0, 0);

    public static CampaignCounts operator +(CampaignCounts left, CampaignCounts right) => new(
        left.Sent + right.Sent, left.Skipped + right.Skipped, left.Refused + right.Refused, left.Parked + right.Parked);
}

/// <summary>What a newsletter says.</summary>
internal sealed record NewsletterContent(string Subject, IReadOnlyList<string> Paragraphs)
{
    /// <summary>How many characters a table's column takes, with a little room.</summary>
    public const int LongestWritten = 32_000;

    // It is never part of a page, and so most letters of any script stay one character.
    private static readonly JsonSerializerOptions Written = new(RecordJson.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The content as it is stored.</summary>
    public string Write() => JsonSerializer.Serialize(this, Written);

    /// <summary>The letter without its way out, which differs for each recipient.</summary>
    public Letter ToLetter() => new(Subject, [.. Paragraphs.Select(words => new TextPart.Paragraph(words))]);
}

/// <summary>A campaign as it is stored.</summary>
/// <param name="Finished">When every subscriber had been met; legal time, UTC.</param>
/// <param name="Attention">The step that does not work, if one does not.</param>
internal sealed record Campaign(
    CampaignId Id, NewsletterName Newsletter, NewsletterContent Content, DateTimeOffset Received, DateTimeOffset? Finished,
    string? Attention, CampaignCounts Totals);
