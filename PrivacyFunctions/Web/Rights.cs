namespace PrivacyFunctions.Web;

/// <summary>The standing words about a person's rights, which every answer and refusal carries (GDPR art. 12(4),
/// 15(1)(e),(f)).</summary>
internal static class Rights
{
    /// <summary>The way to a supervisory authority and to a court; honest where there is none (R-COMPLAIN).</summary>
    public const string Complaint =
        "If you are not content with how we handle your data, you can complain to the data protection authority of the country "
        + "you live in or work in (the list for the EEA is at edpb.europa.eu), and you can go to court. Some countries have no "
        + "such authority; you can write to our Data Protection Officer from anywhere.";

    /// <summary>The rights of everybody, wherever they live (R-EVERYONE), as titles and sentences.</summary>
    public static IReadOnlyList<(string Title, string Words)> OfEverybody { get; } =
    [
        ("Rectification", "You can have wrong data corrected and missing information added."),
        ("Erasure", "You can have data erased, for instance when it is no longer needed."),
        ("Restriction", "You can have the use of data restricted, for instance while an objection is looked into."),
        ("Portability",
            "You can take along, in a machine-readable form, what you gave us and computers process because you consented "
            + "or because your contract needs it."),
        ("Objection",
            "You can object to a use that rests on our interests, for reasons of your own situation, "
            + "and to direct marketing at any time without a reason."),
        ("Withdrawal", "You can withdraw a consent at any time; what was done before stays lawful."),
    ];
}
