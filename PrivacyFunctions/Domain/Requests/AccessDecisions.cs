using PrivacyFunctions.Domain.Clock;

namespace PrivacyFunctions.Domain.Requests;

/// <summary>What a command comes to: facts to record, or nothing to do because it is late or repeated.</summary>
public abstract record Decision
{
    private Decision()
    {
    }

    /// <summary>These facts happen, in this order.</summary>
    public sealed record Change(params IReadOnlyList<CaseFact> Facts) : Decision;

    /// <summary>The case stays as it is: the command is late or repeated.</summary>
    public sealed record NothingToDo : Decision;
}

/// <summary>What a package came to.</summary>
/// <param name="DataSets">How many data sets were searched.</param>
/// <param name="Records">How many records about the person were found.</param>
/// <param name="Sha256">Of the package, in lower-case hexadecimal.</param>
/// <param name="Bytes">Its size.</param>
public sealed record PackageContents(int DataSets, long Records, string Sha256, long Bytes);

/// <summary>
/// The decisions of an access request (R-ACCESS), as pure functions of the case and the command. Late and duplicate
/// commands are ordinary: they come to <see cref="Decision.NothingToDo"/>.
/// </summary>
public static class AccessDecisions
{
    /// <summary>How many mails a person gets in a day for requests they may not have made themselves.</summary>
    public const int MailsADay = 3;

    private static readonly Decision Nothing = new Decision.NothingToDo();

    /// <summary>A case as it is received on that local date; due by the EU clock for everybody (L1, L7).</summary>
    public static (Case Case, CaseFact Fact) Receive(
        CaseId id, CasePlan plan, DateTimeOffset legalNow, DateOnly receivedOn,
        HolidayCalendar calendar, string channel, string commitment)
    {
        var due = StatutoryClock.Answer(receivedOn, calendar);
        var received = new Case { Id = id, Kind = RequestKind.Access, ReceivedAt = legalNow, Due = due, Plan = plan };
        return (received, new CaseFact.Received(RequestKind.Access, channel, due, commitment));
    }

    /// <summary>
    /// Beyond <see cref="MailsADay"/> the request is not lost: it joins the person's open case, whose answer serves both.
    /// </summary>
    /// <param name="case">The new case.</param>
    /// <param name="othersToday">The person's open access cases of the last 24 hours received before it, oldest first.</param>
    public static Decision Admit(Case @case, IReadOnlyList<CaseId> othersToday) =>
        @case.Status == CaseStatus.AwaitingConfirmation && othersToday.Count >= MailsADay
            ? new Decision.Change(new CaseFact.LinkedToOpenCase(othersToday[0]))
            : Nothing;

    /// <summary>The mail that asks to confirm goes out, as long as nobody has confirmed.</summary>
    public static Decision Ask(Case @case) =>
        @case.Status == CaseStatus.AwaitingConfirmation ? new Decision.Change(new CaseFact.ConfirmationAsked()) : Nothing;

    /// <summary>The button behind the mailed link was pressed; the link itself says until when it works.</summary>
    public static Decision Confirm(Case @case) =>
        @case.Status is CaseStatus.AwaitingConfirmation or CaseStatus.NotIdentified
            ? new Decision.Change(new CaseFact.Confirmed())
            : Nothing;

    /// <summary>The first window is over. A confirmation that came first wins.</summary>
    public static Decision GiveUpWaiting(Case @case) =>
        @case.Status == CaseStatus.AwaitingConfirmation ? new Decision.Change(new CaseFact.NotIdentified()) : Nothing;

    /// <summary>The package is ready: offer it once, until the same instant however often this is repeated.</summary>
    public static Decision Offer(Case @case, DateTimeOffset legalNow, PackageContents contents) =>
        @case.Status == CaseStatus.Confirmed
            ? new Decision.Change(
                new CaseFact.Gathered(contents.DataSets, contents.Records),
                new CaseFact.ExportOffered(legalNow + @case.Plan.ExportLifetime, contents.Sha256, contents.Bytes))
            : Nothing;

    /// <summary>Whether the package may be opened at that instant.</summary>
    public static bool IsOpen(Case @case, DateTimeOffset legalNow) =>
        @case is { Status: CaseStatus.Offered, ExportDeleted: false } && legalNow < @case.OfferedUntil;

    /// <summary>The package is deleted, and was not before.</summary>
    public static Decision NoteDeleted(Case @case) =>
        @case is { Status: CaseStatus.Offered, ExportDeleted: false }
            ? new Decision.Change(new CaseFact.ExportDeleted())
            : Nothing;

    /// <summary>Nothing more will happen: answered if a package was offered, else not identified.</summary>
    public static Decision Close(Case @case) => @case.Status switch
    {
        CaseStatus.Offered => new Decision.Change(new CaseFact.Closed(CaseOutcome.Answered)),
        CaseStatus.NotIdentified => new Decision.Change(new CaseFact.Closed(CaseOutcome.NotIdentified)),
        _ => Nothing,
    };

    /// <summary>The right code was given; late ones, of a package whose time is over or that is deleted, open nothing.</summary>
    public static Decision Open(Case @case, DateTimeOffset legalNow) =>
        IsOpen(@case, legalNow) ? new Decision.Change(new CaseFact.ExportOpened()) : Nothing;
}
