metadata description = 'The identity that the app runs under: whatever it reaches, it reaches by a role. There are no keys.'

@description('The name of the identity.')
param name string

@description('The Azure region.')
param location string

@description('Tags of the resource.')
param tags object

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: name
  location: location
  tags: tags
}

output id string = identity.id
output clientId string = identity.properties.clientId
output principalId string = identity.properties.principalId
