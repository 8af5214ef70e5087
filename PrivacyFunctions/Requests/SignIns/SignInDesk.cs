using Microsoft.Extensions.Logging;
using PrivacyFunctions.Cases.Model;
using PrivacyFunctions.Sources;
using PrivacyFunctions.Subjects;
using PrivacyFunctions.Web;

namespace PrivacyFunctions.Requests.SignIns;

/// <summary>
/// What a sign-in at the company proves: that whoever sends a form is that person of the directory, who alone proved to have that mailbox. Whatever
/// is wrong with a token, the request is taken in all the same, and its mailbox is asked, as without one.
/// </summary>
internal sealed class SignInDesk(SignInTokens tokens, SubjectLocator locator, ILogger<SignInDesk> log)
{
    /// <summary>The field in which a token travels. It never stands in an address.</summary>
    public const string Field = "signIn";

    // A mailbox has places of its own for what is asked with a sign-in: no kind of case can be called that (CaseKinds).
    private static readonly CaseKind Places = CaseKind.Of("signedin");

    /// <summary>
    /// By which places a person's mailbox is written to about what they ask with a sign-in. What strangers ask by the form takes none of them away, and
    /// what comes beyond joins only what was asked with a sign-in, too.
    /// </summary>
    public static CaseKind PlacesOf(CaseKind kind) => CaseKind.Of($"{Places.Name}{kind.Name}");

    /// <summary>Who is signed in, for the form that they are shown: by the token alone, nothing is looked up. Null if it is none, or too old.</summary>
    public async Task<SignIn?> ShowAsync(Submission.Fields fields) =>
        await tokens.ReadAsync(fields[Field]) is { } signIn && !tokens.IsOver(signIn) ? signIn : null;

    /// <summary>What the token of a submission proves; null if there is none of the company's for that mailbox, or somebody else asks in its owner's name.</summary>
    public async Task<SignIn?> ReadAsync(RequestKind kind, Submission.Fields fields, AskedRequest asked, CancellationToken cancellation)
    {
        if (!kind.AsksForProof || asked.Agent is not null || await tokens.ReadAsync(fields[Field]) is not { } signIn || signIn.Address != asked.Address) return null;
        return signIn with { Proves = !tokens.IsOver(signIn) && await IsTheirsAloneAsync(signIn.Address, signIn.Person, cancellation) };
    }

    // Of a mailbox that several people share, the sign-in of one says nothing about the others' data.
    private async Task<bool> IsTheirsAloneAsync(EmailAddress address, PersonId person, CancellationToken cancellation)
    {
        try
        {
            return await locator.PersonsAsync(address, cancellation) is [var only] && only == person;
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            log.LogWarning("A sign-in cannot be compared with the directory, so the mailbox is asked: {Kind}", failure.GetType().Name);
            return false;
        }
    }
}
