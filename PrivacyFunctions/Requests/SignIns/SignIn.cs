using PrivacyFunctions.Sources;
using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.Requests.SignIns;

/// <summary>What a token says that the company's sign-in issued for us. Nothing of it is kept.</summary>
/// <param name="Key">Stands for the token in our records: keyed, so that nobody finds the token by it. One token is one submission.</param>
/// <param name="Person">Who is signed in, by the company's id.</param>
/// <param name="Address">Their mailbox, as the token says.</param>
/// <param name="Until">Its end, UTC.</param>
internal sealed record SignIn(string Key, PersonId Person, EmailAddress Address, DateTimeOffset Until)
{
    /// <summary>Whether it proves the mailbox: it is not too old, and the company's directory says the same.</summary>
    public bool Proves { get; init; }
}
