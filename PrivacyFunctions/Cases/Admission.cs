using PrivacyFunctions.Domain;
using PrivacyFunctions.Domain.Accounts;
using PrivacyFunctions.Domain.Requests;
using PrivacyFunctions.Records;

namespace PrivacyFunctions.Cases;

/// <summary>What becomes of a case of a mailbox that nobody has proven.</summary>
internal abstract record Admitted
{
    private Admitted()
    {
    }

    /// <summary>It goes its way, and the mailbox is asked on that day (UTC).</summary>
    public sealed record Opens(DateOnly AskedOn) : Admitted;

    /// <summary>An open case of the same mailbox serves it, too.</summary>
    public sealed record Joins(CaseId Other) : Admitted;

    /// <summary>All places are taken, for days.</summary>
    public sealed record TurnedAway : Admitted;
}

/// <summary>
/// Keeps a mailbox from being flooded, and everybody else from waiting behind such a flood. A few cases a day are opened and asked
/// about; what comes beyond joins one of them, without a workflow or a mail of its own. An account's end, which no other account's
/// can serve, gets a place on one of the next days. It costs the same few reads however many asked before.
/// </summary>
internal sealed class Admission(MailAllowance allowance, CaseStore cases, TimeProvider time)
{
    /// <summary>How many days ahead an account's end can get its place: about half the time in which it can be confirmed.</summary>
    public const int DaysAhead = 6;

    // Each means that others took a place in between, and there are not many, or that it waited for one under way.
    private const int Attempts = 50;

    // Between taking a place and storing the case lie some writes: what is older was left by a crash. If it was only slow, its
    // case goes its way without the place, and is admitted anew before its mailbox is written to.
    private static readonly TimeSpan LeftByACrash = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Takes a place for the case, or finds the one that it has. It joins only what is stored: while all that it could join is
    /// just being stored, it waits some seconds. The end of an account whose own day has passed gets another: after an outage its
    /// mailbox is not asked about many on one day.
    /// </summary>
    /// <param name="kind">The kind of case; each has places of its own.</param>
    /// <param name="mailbox">Who is to be asked.</param>
    /// <param name="applicant">The case.</param>
    /// <param name="receivedAt">Since when it may have a place.</param>
    /// <param name="now">From which day on (UTC) it gets one otherwise.</param>
    /// <param name="cancellation">Stops before a place is taken, never half-way.</param>
    /// <exception cref="InvalidOperationException">Others came first each time.</exception>
    public async Task<Admitted> AdmitAsync(
        CaseKind kind, EmailAddress mailbox, Applicant applicant, DateTimeOffset receivedAt, DateTimeOffset now,
        CancellationToken cancellation)
    {
        var today = DayOf(now);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var taken = await allowance.TakenAsync(mailbox, kind, DayOf(receivedAt), cancellation);
            if (taken.LastOrDefault(place => place.Applicant.Case == applicant.Case) is { Day: var own } // of several the latest
                && (kind != CaseKind.Termination || own >= today)) return new Admitted.Opens(own);
            if (await ChooseAsync(new(kind, mailbox, applicant, today, taken), cancellation) is { } chosen) return chosen;
        }

        throw new InvalidOperationException($"Case {applicant.Case} got no place in {Attempts} attempts.");
    }

    /// <summary>The day of a place: legal time, UTC.</summary>
    public static DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(instant.UtcDateTime);

    // Null when others were first or are not done yet, so that it has to be looked at again.
    private async Task<Admitted?> ChooseAsync(Request request, CancellationToken cancellation)
    {
        var (kind, mailbox, applicant, today, taken) = request;
        if (taken.Count(place => place.Day == today) < MailAllowance.PlacesADay)
            return await TakeAsync(request, today);

        var isOneUnderWay = false;
        foreach (var place in taken.Where(place => place.Day == today || IsOfTheSame(place)))
        {
            var standing = await StandingAsync(place, cancellation);
            if (standing == Standing.Over && place.Day == today)
                return await allowance.TryTakeOverAsync(mailbox, place, applicant, CancellationToken.None) ? new Admitted.Opens(today) : null;
            if (!IsOfTheSame(place)) continue;
            if (standing == Standing.Waits) return new Admitted.Joins(place.Applicant.Case);
            isOneUnderWay |= standing == Standing.UnderWay;
        }

        if (isOneUnderWay)
        {
            await Task.Delay(BetweenLooks, time, cancellation); // soon it is stored, or was left by a crash
            return null;
        }

        for (var day = today.AddDays(1); kind == CaseKind.Termination && day <= today.AddDays(DaysAhead); day = day.AddDays(1))
            if (taken.Count(place => place.Day == day) < MailAllowance.PlacesADay)
                return await TakeAsync(request, day);
        return new Admitted.TurnedAway();

        // All requests of a kind are about the person; an account's end is about the account.
        bool IsOfTheSame(MailPlace place) => place.Day >= today && place.Applicant.Account == applicant.Account;
    }

    private async Task<Admitted?> TakeAsync(Request request, DateOnly day) =>
        await allowance.TryTakeAsync(request.Mailbox, request.Kind, day, request.Taken, request.Applicant, CancellationToken.None)
            ? new Admitted.Opens(day)
            : null;

    private async Task<Standing> StandingAsync(MailPlace place, CancellationToken cancellation) =>
        await cases.FindAsync(place.Applicant.Case, cancellation) switch
        {
            null => place.At < time.GetUtcNow() - LeftByACrash ? Standing.Over : Standing.UnderWay,
            { Case.IsClosed: true } or { Case: Termination { Status: not TerminationStatus.AwaitingConfirmation } } => Standing.Over,
            _ => Standing.Waits,
        };

    private enum Standing
    {
        /// <summary>Open: what joins it is served.</summary>
        Waits,

        /// <summary>Being stored at this moment.</summary>
        UnderWay,

        /// <summary>Closed, left by a crash, or decided by whoever owns the mailbox: its place is free again.</summary>
        Over,
    }

    private sealed record Request(
        CaseKind Kind, EmailAddress Mailbox, Applicant Applicant, DateOnly Today, IReadOnlyList<MailPlace> Taken);
}
