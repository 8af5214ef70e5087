using PrivacyFunctions.Cases.Model;

namespace PrivacyFunctions.Mail;

/// <summary>
/// A letter that is still to be written: which one it is, and the values that it names. Its words are the text of the same name under
/// <c>Texts/{language}/letters</c>.
/// </summary>
internal abstract record Draft
{
    private protected Draft()
    {
    }
}

/// <summary>A letter to the person whom a case is about.</summary>
/// <param name="Reference">The case.</param>
internal abstract record PersonDraft(CaseId Reference) : Draft;

/// <summary>
/// A letter to whoever asked in a person's name. Their mailbox is not proven, so it holds nothing of the person, and leads to no page of the case.
/// </summary>
/// <param name="Reference">The case.</param>
internal abstract record AgentDraft(CaseId Reference) : Draft;

/// <summary>A letter to a recipient of data. It holds nothing of the person.</summary>
/// <param name="Reference">The case.</param>
internal abstract record RecipientDraft(CaseId Reference) : Draft;

/// <summary>A letter that is the first about a request, and so brings its receipt.</summary>
internal interface IFirstLetter
{
    /// <summary>Where the receipt is.</summary>
    Uri Receipt { get; }
}

/// <summary>A letter to the Data Protection Officer, which names a case by its reference only and holds no personal data.</summary>
/// <param name="Reference">The case; null where it is about none.</param>
internal abstract record OfficerDraft(CaseId? Reference = null) : Draft;
