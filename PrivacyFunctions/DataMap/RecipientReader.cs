using PrivacyFunctions.Subjects;

namespace PrivacyFunctions.DataMap;

/// <summary>Reads one recipient; outside the EEA it needs a transfer safeguard.</summary>
internal static class RecipientReader
{
    public static Recipient Read(MapNode node)
    {
        var id = node.Text("id");
        node.Rename($"recipient '{id}'");

        var kind = node.Choice<RecipientKind>("kind");
        var country = kind is RecipientKind.Public ? null : CountryReader.Read(node);
        var safeguard = node.OptionalChild("safeguard") is { } child ? ReadSafeguard(child) : null;
        var outside = country is { Length: > 0 } && !EuropeanEconomicArea.Contains(country);
        if (outside && safeguard is null)
            node.Problem($"'safeguard' is missing ({country} lies outside the EEA: Chapter V GDPR)");
        if (!outside && safeguard is not null)
            node.Problem("'safeguard' has no place here: nothing leaves the EEA");

        var recipient = new Recipient(
            id, node.Text("name", "clause C-RECIPIENTS"), kind, country, node.Text("task"), safeguard, node.Flag("keepsRecords"),
            node.Flag("deliversMail"));
        recipient = recipient with { Contact = ReadContact(node, recipient), Advertises = ReadAdvertises(node, recipient) };
        node.ReportUnknown();
        return recipient;
    }

    private static EmailAddress? ReadContact(MapNode node, Recipient recipient)
    {
        if (node.OptionalText("contact") is not { } text) return null;
        if (!recipient.IsToBeTold) node.Problem("'contact' has no place here: only others than our own staff and the public are written to");
        else if (EmailAddress.TryParse(text, out var contact)) return contact;
        else node.Problem("'contact' is no e-mail address");
        return null;
    }

    private static bool ReadAdvertises(MapNode node, Recipient recipient)
    {
        var advertises = node.Flag("advertises");
        if (advertises && !recipient.IsToBeTold) node.Problem("'advertises' has no place here: only others than our own staff and the public are told of an objection");
        return advertises;
    }

    private static TransferSafeguard ReadSafeguard(MapNode node)
    {
        var safeguard = new TransferSafeguard(node.Choice<SafeguardKind>("kind"), node.Text("words"));
        node.ReportUnknown();
        return safeguard;
    }
}
