namespace PrivacyFunctions.DataMap;

/// <summary>
/// What makes a data set the list of newsletter subscribers: a table in which a row is one address's subscription to one
/// newsletter. The partition key is the address, the row key the newsletter's name.
/// </summary>
/// <param name="Address">The field that holds the address.</param>
/// <param name="JoinedAt">The field that says when they subscribed.</param>
/// <param name="Proof">The field that says to which words they agreed; what is not empty is a proof.</param>
/// <param name="LeftAt">The field that says when they unsubscribed. This program writes it, too.</param>
internal sealed record SubscriptionFields(string Address, string JoinedAt, string Proof, string LeftAt);
