using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Records;
using PrivacyFunctions.Subjects;

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

    /// <summary>It was stored before, by the same submission.</summary>
    public sealed record Known(Case Stored) : Admitted;
}

/// <summary>
/// Keeps a mailbox from being flooded, and everybody else from waiting behind such a flood. A few cases a day are opened and asked
/// about; what comes beyond joins one of them, without a workflow or a mail of its own. An account's end, which no other account's
/// can serve, gets a place on one of the next days. What an operator enters has places of its own, and joins only what was entered. It costs the
/// same few reads however many asked before.
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
    /// Takes in a case that may be new. One that opens is announced with its place, so that all that is kept for it from here on is
    /// found again, whatever a crash leaves. What joins, or is turned away, is not announced.
    /// </summary>
    /// <param name="kind">The kind of case; each has places of its own.</param>
    /// <param name="mailbox">Who is to be asked.</param>
    /// <param name="applicant">The case.</param>
    /// <param name="now">When it is received, in legal time.</param>
    /// <param name="cancellation">Stops before a place is taken, never half-way.</param>
    /// <exception cref="InvalidOperationException">Others came first each time.</exception>
    public async Task<Admitted> ReceiveAsync(
        CaseKind kind, EmailAddress mailbox, Applicant applicant, DateTimeOffset now, CancellationToken cancellation)
    {
        var finding = cases.FindAsync(applicant.Case, cancellation);
        var looking = allowance.TakenAsync(mailbox, kind, DayOf(now), cancellation);
        await Task.WhenAll(finding, looking);
        if (await finding is { Case: var stored }) return new Admitted.Known(stored);

        // Beside the taking of the place. Where others come first with it, one announcement is enough: if it then joins, no more
        // than that is left of it, which the one-minute timer takes away.
        var announced = new Lazy<Task>(() => cases.AnnounceAsync(applicant.Case, CancellationToken.None));
        return await AdmitAsync(
            new(kind, mailbox, applicant, DayOf(now), () => announced.Value), DayOf(now), await looking, cancellation);
    }

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
        CancellationToken cancellation) => await AdmitAsync(
            new(kind, mailbox, applicant, DayOf(now), () => Task.CompletedTask), DayOf(receivedAt),
            await allowance.TakenAsync(mailbox, kind, DayOf(receivedAt), cancellation), cancellation);

    /// <summary>The day of a place: legal time, UTC.</summary>
    public static DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(instant.UtcDateTime);

    private async Task<Admitted> AdmitAsync(
        Request request, DateOnly since, IReadOnlyList<MailPlace> taken, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (taken.LastOrDefault(place => place.Applicant.Case == request.Applicant.Case) is { Day: var own } // of several the latest
                && (request.Applicant.Account is null || own >= request.Today))
            {
                await request.Announce();
                return new Admitted.Opens(own);
            }

            if (await ChooseAsync(request, taken, cancellation) is { } chosen) return chosen;
            if (attempt == Attempts)
                throw new InvalidOperationException($"Case {request.Applicant.Case} got no place in {Attempts} attempts.");
            taken = await allowance.TakenAsync(request.Mailbox, request.Kind, since, cancellation);
        }
    }

    // Null when others were first or are not done yet, so that it has to be looked at again.
    private async Task<Admitted?> ChooseAsync(Request request, IReadOnlyList<MailPlace> taken, CancellationToken cancellation)
    {
        var (kind, mailbox, applicant, today, _) = request;
        if (taken.Count(place => place.Day == today) < MailAllowance.PlacesFor(applicant))
            return await TakeAsync(today);

        var isOneUnderWay = false;
        foreach (var place in taken.Where(place => place.Day == today || IsOfTheSame(place)))
        {
            var standing = await StandingAsync(place, cancellation);
            if (standing == Standing.Over && place.Day == today && (applicant.IsEntered || !place.IsForEntered))
                return await OpensAsync(today, allowance.TryTakeOverAsync(mailbox, place, applicant, CancellationToken.None));
            if (!IsOfTheSame(place)) continue;
            if (standing == Standing.Waits) return new Admitted.Joins(place.Applicant.Case);
            isOneUnderWay |= standing == Standing.UnderWay;
        }

        if (isOneUnderWay)
        {
            await Task.Delay(BetweenLooks, time, cancellation); // soon it is stored, or was left by a crash
            return null;
        }

        for (var day = today.AddDays(1); applicant.Account is not null && day <= today.AddDays(DaysAhead); day = day.AddDays(1))
            if (taken.Count(place => place.Day == day) < MailAllowance.PlacesADay)
                return await TakeAsync(day);
        return new Admitted.TurnedAway();

        // All requests of a kind are about the person; an account's end is about the account. A form that nobody has proven, and that its person
        // may ignore, answers no letter.
        bool IsOfTheSame(MailPlace place) =>
            place.Day >= today && place.Applicant.Account == applicant.Account && (place.IsForEntered || !applicant.IsEntered);

        Task<Admitted?> TakeAsync(DateOnly day) =>
            OpensAsync(day, allowance.TryTakeAsync(mailbox, kind, day, taken, applicant, CancellationToken.None));

        async Task<Admitted?> OpensAsync(DateOnly day, Task<bool> taking)
        {
            await Task.WhenAll(taking, request.Announce());
            return await taking ? new Admitted.Opens(day) : null;
        }
    }

    private async Task<Standing> StandingAsync(MailPlace place, CancellationToken cancellation) =>
        await cases.FindAsync(place.Applicant.Case, cancellation) switch
        {
            null => place.At < time.GetUtcNow() - LeftByACrash ? Standing.Over : Standing.UnderWay,
            { Case.CanBeJoined: false } => Standing.Over,
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

    /// <summary>What is to be admitted; <paramref name="Announce"/> goes with the taking of a place.</summary>
    private sealed record Request(CaseKind Kind, EmailAddress Mailbox, Applicant Applicant, DateOnly Today, Func<Task> Announce);
}
