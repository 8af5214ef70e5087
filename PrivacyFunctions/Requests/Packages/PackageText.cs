using PrivacyFunctions.DataMap;
using PrivacyFunctions.Texts;

namespace PrivacyFunctions.Requests.Packages;

/// <summary>The words that the pages of all packages have.</summary>
internal sealed record PackageText : PageText
{
    public required Phrase Title { get; init; }

    public required string Skip { get; init; }

    public required Phrase Received { get; init; }

    public required string CustomersTitle { get; init; }

    public required string Customers { get; init; }

    public required string Rights { get; init; }

    public required string Complaint { get; init; }

    public required Phrase Officer { get; init; }

    public required string End { get; init; }

    public required Phrase Basis { get; init; }

    public required string NotAutomated { get; init; }

    public required PackageCategoriesText Categories { get; init; }
}

/// <summary>What kinds of data are called.</summary>
internal sealed record PackageCategoriesText(
    string Identity, string Contact, string Account, string Preference, string Usage, string Payment, string Communication, string Content, string Secret)
{
    /// <summary>What a kind is called.</summary>
    public string Of(FieldCategory category) => category switch
    {
        FieldCategory.Identity => Identity,
        FieldCategory.Contact => Contact,
        FieldCategory.Account => Account,
        FieldCategory.Preference => Preference,
        FieldCategory.Usage => Usage,
        FieldCategory.Payment => Payment,
        FieldCategory.Communication => Communication,
        FieldCategory.Content => Content,
        FieldCategory.Secret => Secret,
        _ => throw new ArgumentOutOfRangeException(nameof(category)),
    };
}
