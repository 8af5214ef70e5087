namespace PrivacyFunctions.DataMap;

/// <summary>
/// What makes a data set the directory: each of its entries connects one address with one person, so that an address leads to
/// persons, and a person to all their addresses.
/// </summary>
/// <param name="Person">The field that holds the person's id.</param>
/// <param name="Address">The field that holds the address.</param>
/// <param name="ProvenAt">The field that says when somebody proved to have the mailbox; empty where nobody did.</param>
/// <param name="OfPerson">How all entries of a person are found.</param>
internal sealed record Identity(string Person, string Address, string ProvenAt, Find OfPerson);
