using System.Globalization;
using Azure.Data.Tables;
using PrivacyFunctions.Cases;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.Model;
using PrivacyFunctions.Requests.SignIns;

namespace PrivacyFunctions.Requests;

/// <summary>Stores what was asked for as a case of its own, or finds the one that it is already.</summary>
internal sealed class TakeInRequest(
    CaseStore cases, NewCases newCases, Statements statements, People people, Admission admission, EarlierClocks clocks, UsedSignIns signIns,
    LegalTime time)
{
    private const int Attempts = 50;
    private const int MostMillisecondsBetween = 500;

    private static readonly TimeSpan OneClickAndTheNext = TimeSpan.FromHours(1);

    /// <summary>
    /// Takes in a submission. A repeated one is the same case, unless that one is over: then it is a new request, and gets a case of its
    /// own; but the same letter stays the same, however often it is entered. Somebody who says now where they live, gives another ground or
    /// writes something else asks for something else. What comes with the same sign-in is repeated, whatever key it has.
    /// </summary>
    /// <returns>The case as it is stored, and whether it was stored just now.</returns>
    public async Task<(SubjectRequest Stored, bool IsNew)> RunAsync(
        RequestKind kind, string submission, AskedRequest asked, CancellationToken cancellation)
    {
        var first = string.Join(' ', [asked.SignIn is { } signIn ? $"sign-in {signIn.Key}" : submission, .. asked.Said]);
        for (var key = first; ;)
        {
            var id = asked.Came.IsOnce ? people.EnteredCaseOf(kind.Kind, key, asked.Address) : people.CaseOf(kind.Kind, key, asked.Address);
            var (stored, isNew) = await StoreAsync(kind, id, asked, cancellation);
            if (stored is not { IsClosed: true, Outcome: not CaseOutcome.AnsweredByAnotherCase } || IsASecondClick(kind, stored, asked) || asked.Came.IsOnce)
                return (stored, isNew);
            // A program that always sends the same key looks through those of one day only.
            key = key == first ? string.Create(CultureInfo.InvariantCulture, $"{id} {asked.Came.At:yyyyMMdd}") : id.Value;
        }
    }

    // What is done at once is over before a second click comes.
    private static bool IsASecondClick(RequestKind kind, SubjectRequest stored, AskedRequest asked) =>
        !kind.AsksForProof && stored.ReceivedAt > asked.Came.At - OneClickAndTheNext;

    private async Task<(SubjectRequest Stored, bool IsNew)> StoreAsync(
        RequestKind kind, CaseId id, AskedRequest asked, CancellationToken cancellation)
    {
        var (now, actor) = (asked.Came.At, asked.Came.Actor);
        var plan = await time.PlanAsync(cancellation);
        var proof = asked.SignIn is { Proves: true } signIn && await signIns.TryUseAsync(signIn, id, cancellation) ? Proofs.SignIn : null;
        var places = proof is null ? AgentMails.PlacesOf(kind.Kind, asked.Agent is not null) : SignInDesk.PlacesOf(kind.Kind);
        for (; ; )
        {
            var admitted = await admission.ReceiveAsync(
                places, asked.Address, new(id) { IsEntered = asked.Came.IsEntered }, now, cancellation);
            if (admitted is Admitted.Known { Stored: SubjectRequest known }) return (known, false);

            // From the place on it goes through, even when the browser does not wait: a place without a case is in others' way.
            // What joins an open case leaves nothing behind but the proof that it was received, and what its person wrote, which lies
            // with the open case: no address, no workflow, no mail.
            var (received, facts) = Receive(Contact.Of(asked.Address));
            if (admitted is not Admitted.Joins { Other: var other })
            {
                var stored = await newCases.StoreAsync(asked.Address, received, of => Receive(of).Facts, actor, asked.Text, asked.Agent);
                if (proof == Proofs.SignIn) await people.NotePersonsAsync(asked.Address, id, [asked.SignIn!.Person], CancellationToken.None);
                return (stored, true);
            }

            // Decided or closed just now: then it opens a case. The clock comes first, so that whoever reads the words answers them in time.
            if (!await clocks.HoldAsync(received, other, asked.Address, asked.Text is not null, actor, now)
                || (asked.Text is { } said && !await IsAddedAsync(said, other, id, asked.Came)))
                continue;
            return (
                await cases.CreateAsync(received, [.. facts, new CaseFact.LinkedToOpenCase(other)], actor, CancellationToken.None), true);
        }

        (SubjectRequest Request, IReadOnlyList<CaseFact> Facts) Receive(Contact of)
        {
            var received = RequestDecisions.Receive(
                kind.New, id, plan, now, asked.Came.On, asked.Residence, time.Calendars, asked.Came.Channel, of.Commitment, asked.Ground,
                asked.Country, asked.Agent is not null);
            return proof is null ? (received.Request, [received.Fact]) : RequestDecisions.ReceiveProven(received, proof);
        }
    }

    // The words come first, so that whoever sees that there are more of them finds them.
    private async Task<bool> IsAddedAsync(Statement said, CaseId other, CaseId from, Arrival came)
    {
        var isNew = await statements.KeepAsync(other, from, said, came.At, CancellationToken.None);
        var isAdded = await IsNotedAsync(other, from, came.Actor);
        // Unless a repetition of it was noted before the decision: then the words were read.
        if (isNew && !isAdded && !await cases.TookEffectAsync(other, CommandOf(from), CancellationToken.None)) await statements.ForgetAsync(other, from, CancellationToken.None);
        return isAdded;
    }

    // Of a flood, all join the same few cases at once, and one at a time can be noted.
    private async Task<bool> IsNotedAsync(CaseId other, CaseId from, string actor)
    {
        for (var attempt = 1; ; attempt++)
            try
            {
                var isAdded = false;
                await cases.ExecuteAsync<SubjectRequest>(
                    other, CommandOf(from), actor,
                    state =>
                    {
                        var decision = RequestDecisions.AddStatement(state, from);
                        isAdded = decision is Decision.Change;
                        return decision;
                    },
                    [], CancellationToken.None);
                return isAdded;
            }
            catch (TableTransactionFailedException others) when (others.Status is 409 or 412 && attempt < Attempts)
            {
                await Task.Delay(Random.Shared.Next(MostMillisecondsBetween));
            }
    }

    private static string CommandOf(CaseId from) => $"statement-{from}";
}
