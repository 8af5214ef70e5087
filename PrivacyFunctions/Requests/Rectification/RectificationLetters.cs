using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.DataMap;
using PrivacyFunctions.Mail;
using PrivacyFunctions.Requests.Rectification.Model;
using PrivacyFunctions.Terminations.Model;

namespace PrivacyFunctions.Requests.Rectification;

/// <summary>The person can look at what is held about them and correct it.</summary>
/// <param name="Reference">The case.</param>
/// <param name="Until">Until when, UTC.</param>
/// <param name="Link">Where.</param>
internal sealed record DataToLookThrough(CaseId Reference, DateTimeOffset Until, Uri Link) : PersonDraft(Reference);

/// <summary>Nothing was corrected, because the person sent nothing in time.</summary>
/// <param name="Reference">The case.</param>
/// <param name="Again">Where they can ask again.</param>
internal sealed record NothingCorrected(CaseId Reference, Uri Again) : PersonDraft(Reference);

/// <summary>What was corrected, and what was not and why (art. 12(3), 12(4), 16).</summary>
/// <param name="Reference">The case.</param>
/// <param name="Outcome">What came of it.</param>
internal sealed record DataCorrected(CaseId Reference, CorrectionOutcome Outcome) : PersonDraft(Reference)
{
    public int BackupDays { get; } = TerminationClock.BackupDays;
}

/// <summary>Something that a person wants corrected waits for an operator.</summary>
/// <param name="Reference">The case.</param>
/// <param name="Due">When an answer is due.</param>
internal sealed record CorrectionsWait(CaseId? Reference, DateOnly Due) : OfficerDraft(Reference);

/// <summary>Data of a person was corrected, and whoever received it is to be told (art. 19).</summary>
/// <param name="Reference">The case.</param>
/// <param name="Sets">In which data sets.</param>
/// <param name="Recipients">The names of those whom somebody has to tell.</param>
/// <param name="Written">The names of those whom we wrote to.</param>
internal sealed record TellRecipientsOfCorrection(
    CaseId? Reference, IReadOnlyList<string> Sets, IReadOnlyList<string> Recipients, IReadOnlyList<string> Written) : OfficerDraft(Reference);

/// <summary>The answer to a person's corrections cannot be mailed.</summary>
/// <param name="Reference">The case.</param>
/// <param name="MailboxChanged">Whether the mailbox may be somebody else's by now; if not, no mail reaches it.</param>
internal sealed record CannotTellOfCorrection(CaseId? Reference, bool MailboxChanged) : OfficerDraft(Reference);

/// <summary>A person wants to correct their data, and no mail brings them the way to it.</summary>
/// <param name="Reference">The case.</param>
/// <param name="Until">Until when they could have sent corrections there.</param>
internal sealed record CannotShowData(CaseId? Reference, DateOnly Until) : OfficerDraft(Reference);

/// <summary>What came of a rectification.</summary>
/// <param name="Made">What was corrected or taken out where.</param>
/// <param name="NotFound">What did not stand there any more.</param>
/// <param name="Refused">What was refused, and why.</param>
/// <param name="Said">What became of what they said in their own words; null if they said nothing.</param>
/// <param name="Recipients">The names of those who are told.</param>
internal sealed record CorrectionOutcome(
    IReadOnlyList<CorrectedPart> Made, IReadOnlyList<CorrectedPart> NotFound, IReadOnlyList<RefusedPart> Refused, SaidOutcome? Said,
    IReadOnlyList<string> Recipients)
{
    /// <summary>What of the rest was taken out in some places and stays in these, because it is needed there.</summary>
    public IReadOnlyList<CorrectedPart> Stays { get; init; } = [];

    /// <summary>What was corrected.</summary>
    public IReadOnlyList<CorrectedPart> Corrected => [.. Made.Where(part => !part.IsTakenOut)];

    /// <summary>What was taken out.</summary>
    public IReadOnlyList<CorrectedPart> TakenOut => [.. Made.Where(part => part.IsTakenOut)];

    /// <summary>Whether anything was corrected.</summary>
    public bool IsSomething => Made.Count > 0 || Said is { Corrected.Count: > 0 };
}

/// <summary>A correction, by what it is called and where it is; what was taken out is not there any more.</summary>
internal sealed record CorrectedPart(string Title, DataSet In, bool IsTakenOut = false);

/// <summary>A correction that was refused.</summary>
internal sealed record RefusedPart(string Title, DataSet In, CorrectionRefusal Why);

/// <summary>What became of what somebody said in their own words.</summary>
/// <param name="Corrected">The titles of the data sets in which an operator corrected something.</param>
/// <param name="Refusal">Why it was refused; null if it was not.</param>
internal sealed record SaidOutcome(IReadOnlyList<string> Corrected, CorrectionRefusal? Refusal);
