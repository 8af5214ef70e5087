using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Clock;
using PrivacyFunctions.Records;
using PrivacyFunctions.Requests.ByPost.Model;
using PrivacyFunctions.Requests.Model;

namespace PrivacyFunctions.Requests.ByPost;

/// <summary>
/// Stores a request of somebody whose mailbox nobody knows. Where the answer goes is kept apart from the case, sealed, until that is answered. Nothing is looked
/// up by it, and no list of a person leads to the case.
/// </summary>
internal sealed class TakeInByPost(CaseStore cases, Statements statements, People people, LegalTime time)
{
    // Whom it is about stands nowhere in the case: there is nothing to commit to.
    private const string NoCommitment = "";

    /// <summary>Stores it, or finds the one that it is already: the same key with the same fields is the same letter for ever.</summary>
    /// <param name="kind">Which right is asked for.</param>
    /// <param name="submission">The key by which a repetition is known.</param>
    /// <param name="came">How and when it came.</param>
    /// <param name="country">The code of the country where the person lives; null if they do not say.</param>
    /// <param name="answerTo">Where the answer goes.</param>
    /// <param name="cancellation">Stops before anything is kept, never half-way.</param>
    public async Task<PostalRequest> RunAsync(
        RequestKind kind, string submission, Arrival came, string? country, string answerTo, CancellationToken cancellation)
    {
        var id = CaseId.FromBytes(people.Derive(
            "request by post", string.Join('\n', [kind.Kind.Name, came.Channel, $"{came.On:O}", country ?? "", submission, answerTo])));
        // What is repeated later must not bring back what was forgotten.
        if (await cases.FindAsync(id, cancellation) is { Case: PostalRequest known }) return known;

        var plan = await time.PlanAsync(cancellation);
        var (received, fact) = RequestDecisions.Receive(
            (of, at, due, policy) => PostalRequest.New(of, at, due, policy, kind.Kind, kind.New(of, at, due, policy).CanBeExtended),
            id, plan, came.At, came.On, Residences.Of(country), time.Calendars, came.Channel, NoCommitment, country: country);
        IReadOnlyList<CaseFact> facts = [fact, new PostalFact.Entered(kind.Kind)];
        await cases.AnnounceAsync(id, cancellation);
        return await cases.CreateAsync(received, facts, KeepAsync, came.Actor, CancellationToken.None);

        async Task<IReadOnlyList<CaseFact>> KeepAsync()
        {
            await statements.KeepAsync(id, id, new(answerTo, About: null), came.At, CancellationToken.None);
            return facts;
        }
    }
}
